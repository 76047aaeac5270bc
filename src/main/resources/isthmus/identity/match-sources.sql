insert into match_source select model, source, count(*) from match_subject group by model, source
