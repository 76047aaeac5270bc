select c.left_no, l.id as left_id, l.source as left_source, l.features as left_features,
       c.right_no, r.id as right_id, r.source as right_source, r.features as right_features
from match_candidate c join public.match_subject l on l.no = c.left_no join public.match_subject r on r.no = c.right_no
where l.model = ? and r.model = l.model and (? or l.source <> r.source)
