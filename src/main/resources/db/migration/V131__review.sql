-- What the work list of the identities is read by: those for a person that nobody has decided since, the likeliest first.
create function link_posterior(evidence jsonb) returns numeric language sql immutable parallel safe
    return coalesce((select max((one #>> '{score,posterior}')::numeric) from jsonb_array_elements(evidence) as e (one)
                     where one ->> 'rule' = 'MATCH'), 0);
comment on function link_posterior(jsonb) is 'How likely a pair is one by likeness, 0 to 1; 0 where it was not found alike.';

create index link_log_review on link_log ((rule = 'MATCH'), (-link_posterior(evidence)), id) where state = 'review';
