-- What two share is what each of them has; under the empty value stands how many have any.
select f.field, f.value, f.records from match_frequency f
where f.model = ? and f.value = any (array(
    select value from match_stale t join public.match_subject s using (id)
    cross join lateral regexp_split_to_table(s.features, U&'[\001E\001F]') as value
    union select ''))
