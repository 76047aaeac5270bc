-- Who is next to some records: by likeness, by a number, by what the log says of them, by account. An agent's number has
-- many holders; two hundred of them are enough to see that. What is looked up by an array is looked up by its index, however
-- many the planner takes to be beside one.
with asked as (select id from unnest(?::text[]) as t (id)),
subject as (select s.no, s.id from asked join public.match_subject s using (id)),
beside as (
    select p.right_no as no from subject join public.match_pair p on p.left_no = subject.no
    union
    select p.left_no from subject join public.match_pair p on p.right_no = subject.no
    union
    select o.no from subject join match_number n using (no)
    cross join lateral (select m.no from match_number m where m.key = n.key limit 200) o),
account as (
    select a.id, a.silo, a.body ->> 'accountNo' as no, a.body ->> 'customer' as customer
    from asked join record_account a on a.entity = 'account' and a.id = asked.id and not a.deleted)
select s.id from public.match_subject s where s.no = any (array(select no from beside))
union
select l.right_id from asked join link_log l on l.left_id = asked.id
union
select l.left_id from asked join link_log l on l.right_id = asked.id
union
select a.id from asked join record_account a on a.body ->> 'customer' = asked.id and not a.deleted
union
select customer from account where customer is not null
union
select o.id from account join record_account o on o.body ->> 'accountNo' = account.no and not o.deleted
union
select s.id from account join match_number m on m.key = 'xref:' || account.silo || ':' || account.no
join public.match_subject s on s.no = m.no
union
select a.id from subject join match_number n using (no)
join record_account a on a.body ->> 'accountNo' = split_part(n.key, ':', 3) and a.silo = split_part(n.key, ':', 2) and not a.deleted
where starts_with(n.key, 'xref:')
