-- Under the empty value: how many have any.
insert into match_frequency
select ?, ?, '', count(*) from match_subject where model = ? and split_part(features, U&'\001E', ?) <> ''
