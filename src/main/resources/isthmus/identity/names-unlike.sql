create temporary table link_unlike (left_id text collate "C" not null, right_id text collate "C" not null) on commit drop
