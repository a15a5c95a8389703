-- What is looked up by an index must not be long: the key of an item with a long title is its beginning and a digest, as
-- Abridged.of makes them.
update hub.item
set match_key = left(match_key, 200) || '#' || encode(sha256(convert_to(match_key, 'UTF8')), 'hex')
where octet_length(match_key) > 800;
