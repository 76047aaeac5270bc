-- With whom they are one unified customer, and the accounts of those.
with member as (
    select distinct o.member from public.golden_member m join public.golden_member o using (golden) where m.member = any (?))
select member from member
union
select a.id from member join record_account a on a.body ->> 'customer' = member.member and not a.deleted
