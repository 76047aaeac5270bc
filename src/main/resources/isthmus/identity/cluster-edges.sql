-- What stands between two customers; an account stands for the one that it names. Where a person has spoken, that holds.
create temporary table link_edge on commit drop as
with said as (
    select coalesce(n.left_id, v.left_id) as left_id, coalesce(n.right_id, v.right_id) as right_id,
           coalesce(n.state, v.state) as state,
           case when n.left_id is null then v.place else 0 end as place,
           coalesce((select max((one -> 'score' ->> 'posterior')::numeric) from jsonb_array_elements(v.evidence) as one), 0) as likely
    from link_verdict v
    full join (select left_id, right_id, state from link_now where decided_by <> 'rules' and state in ('linked', 'vetoed')) n
        using (left_id, right_id))
select l.no as left_no, r.no as right_no, said.*
from said
join link_party a on a.id = said.left_id join match_subject l on l.id = a.holder
join link_party b on b.id = said.right_id join match_subject r on r.id = b.holder
where said.state in ('linked', 'vetoed') and l.no <> r.no;

-- Numbered without gaps, so that a cluster of millions is found in two lists of numbers.
create temporary table cluster_node on commit drop as
select (row_number() over (order by no) - 1)::int as n, no
from (select left_no as no from link_edge union select right_no from link_edge) e;
analyze link_edge;
analyze cluster_node
