-- A meter tells two points to be one only where each system has it at one point while the other has it at one.
insert into link_found
select least(here, there), greatest(here, there), ?,
       case when count(*) over (partition by no, here, there_silo) > 1
              or count(*) over (partition by no, there, here_silo) > 1 then 'several-places' end,
       jsonb_build_object('rule', 'ASSET-NO', 'no', no)
from (select distinct a.no, a.point as here, a.silo as here_silo, b.point as there, b.silo as there_silo
      from link_hung a join link_hung b
        on b.no = a.no and a.silo < b.silo and a.since < b.until and b.since < a.until) as meeting
