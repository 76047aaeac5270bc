-- Pairs that keys have found, or that a person has linked, and that are not called the same. Likeness has compared names by itself.
select p.left_id, p.right_id, l.model as left_model, a.holder as left_holder, l.features as left_features, r.model as right_model, b.holder as right_holder, r.features as right_features
from (select left_id, right_id from link_pair where place <> ?
      union
      select left_id, right_id from link_now where state = 'linked' and decided_by <> 'rules') p
join link_party a on a.id = p.left_id join link_party b on b.id = p.right_id
join match_subject l on l.id = a.holder join match_subject r on r.id = b.holder
where l.name <> r.name
