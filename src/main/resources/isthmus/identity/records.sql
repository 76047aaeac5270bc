-- What the rules look at, read once from each body. A record whose customer is unknown takes part without number.
create temporary table link_customer on commit drop as
select r.id, r.silo, b.kind, b."validFrom" as began, b."validTo" as ended, b.identifiers, b.ext
from record r
cross join lateral json_to_record(r.body)
    as b(kind text, identifiers json, ext json, "validFrom" date, "validTo" date)
where r.entity = 'customer' and not r.deleted;

create temporary table link_account on commit drop as
select r.id, r.silo, b."accountNo" as no, b.customer collate "C" as customer, b."openedAt" as began, b."closedAt" as ended
from record r
cross join lateral json_to_record(r.body) as b("accountNo" text, customer text, "openedAt" date, "closedAt" date)
where r.entity = 'account' and not r.deleted;

create temporary table link_point on commit drop as
select r.id, r.silo, b."servicePointNo" as no
from record r cross join lateral json_to_record(r.body) as b("servicePointNo" text)
where r.entity = 'servicepoint' and not r.deleted;

create temporary table link_hung on commit drop as
select m.silo, m.id as meter, m.no, p.id as point,
       coalesce((i ->> 'from')::timestamptz, '-infinity') as since,
       coalesce((i ->> 'to')::timestamptz, 'infinity')    as until
from (select r.id, r.silo, b."assetNo" as no, b.installations
      from record r cross join lateral json_to_record(r.body) as b("assetNo" text, installations json)
      where r.entity = 'meter' and not r.deleted) m
cross join lateral json_array_elements(m.installations) i
join link_point p on p.id = i ->> 'servicePoint';

-- Only numbers whose check digits hold; the version of the key is part of the fingerprint.
create temporary table link_number on commit drop as
select distinct c.id as holder, n.type, n.hash, split_part(n.hash, ':', 1) as key
from link_customer c cross join lateral json_to_recordset(c.identifiers) as n(type text, hash text, verified boolean)
where n.verified and n.type is not null and n.hash is not null;

-- Who is behind a record: the customer itself, or the customer of the account.
create temporary table link_party on commit drop as
select id, id as holder, kind, began, ended from link_customer
union all
select a.id, c.id, c.kind, a.began, a.ended from link_account a left join link_customer c on c.id = a.customer;

create temporary table link_found (
    left_id  text collate "C" not null,
    right_id text collate "C" not null,
    place    int not null,
    doubt    text,
    evidence jsonb not null
) on commit drop;

analyze link_customer;
analyze link_account;
analyze link_point;
analyze link_hung;
analyze link_number;
analyze link_party;
