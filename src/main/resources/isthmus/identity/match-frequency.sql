insert into match_frequency
select value, count(*) from match_subject cross join unnest(tokens) as value group by value having count(*) >= 3
