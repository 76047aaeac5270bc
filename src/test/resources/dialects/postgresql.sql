-- Run against a real server by DialectPullTest.
-- Dates and times as text: a driver would bend them.
select
  t."BILL_ID",
  t."order",
  t."Amount Due",
  cast(t."DUE_DAY" as varchar(40)) as "DUE_DAY",
  cast(t."CHANGED_AT" as varchar(40)) as "CHANGED_AT"
from "BILL" t
where t."CHANGED_AT" >= cast(:?from as timestamp)
order by t."CHANGED_AT", t."BILL_ID", t."order"
