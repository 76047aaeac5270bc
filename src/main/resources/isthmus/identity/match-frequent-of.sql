-- What two share is what each of them has.
select value, records from match_frequency
where value = any (array(select unnest(s.tokens) from match_stale t join public.match_subject s using (id)))
