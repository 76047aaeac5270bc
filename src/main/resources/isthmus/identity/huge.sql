-- What so many have in common that it brings nobody together, the most first; of each with one who has it.
select h.key, h.records, s.id, s.model, s.source, s.features
from (select key, count(*) as records, min(no) as no from match_key group by key having count(*) > ?
      order by records desc, key limit ?) h
join match_subject s using (no)
order by h.records desc, s.id
