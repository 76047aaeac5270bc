-- What is made anew goes behind what was there: the first is of another shape as long as any is.
select from match_source
where not exists (select from (select shape from public.match_subject order by no limit 1) s where s.shape <> all (?)) limit 1
