-- A dropped refusal explains why its key differs until another version of that key is understood, and no longer.
drop index quarantine_locator;
create index quarantine_locator on quarantine (system, entity, locator) where state in ('open', 'dropped');

update quarantine q set state = 'superseded'
where q.state = 'dropped' and exists (
    select from record r
    where r.silo = q.system and r.entity = q.entity and r.keyhash = q.keyhash and r.recorded_from > q.last_seen);
