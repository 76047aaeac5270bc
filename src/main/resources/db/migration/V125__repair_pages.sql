-- The list of repairs goes page by page in the order of their key, which has an index: an id alone may stand in two entities.
drop index repair_id;
