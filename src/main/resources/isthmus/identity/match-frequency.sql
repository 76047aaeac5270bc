insert into match_frequency
select ?, ?, value, count(*)
from match_subject s cross join lateral string_to_table(split_part(s.features, U&'\001E', ?), U&'\001F') as value
where s.model = ? and value <> ''
group by value having count(*) >= 3
