-- By rule: what stands, and what has come and gone; one that another rule decides now has gone from the first.
select rule,
       count(*) filter (where is_now and state = 'linked') as linked,
       count(*) filter (where is_now and state = 'review') as review,
       count(*) filter (where is_now and state = 'vetoed') as vetoed,
       count(*) filter (where not is_now and state = 'linked') as fresh,
       count(*) filter (where not is_now and state = 'ended')  as ended
from (select rule, state, true as is_now from link_now where state <> 'ended'
      union all
      select rule, 'linked', false from link_change
      where state = 'linked' and (old_state is distinct from 'linked' or old_rule <> rule)
      union all
      select old_rule, 'ended', false from link_change
      where old_state = 'linked' and (state is distinct from 'linked' or old_rule <> rule)) as one
group by rule
