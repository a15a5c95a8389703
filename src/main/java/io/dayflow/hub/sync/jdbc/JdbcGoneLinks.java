package io.dayflow.hub.sync.jdbc;

import io.dayflow.hub.merge.Guard;
import io.dayflow.hub.storage.Nul;
import io.dayflow.hub.sync.GoneLinks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Links of lost copies in hub.link. */
@Component
class JdbcGoneLinks implements GoneLinks {

    private final JdbcClient jdbc;

    JdbcGoneLinks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<UUID> next(UUID connectionId, UUID after, int limit) {
        return jdbc.sql("""
                        select l.id from hub.link l
                        where l.connection_id = :connection and l.state = 'gone' and l.id > :after
                          and not exists (select 1 from hub.conflict x where x.link_id = l.id and x.status = 'open')
                        order by l.id limit :limit
                        """)
                .param("connection", connectionId)
                .param("after", after)
                .param("limit", limit)
                .query(UUID.class)
                .list();
    }

    @Override
    public List<UUID> among(UUID connectionId, Collection<String> externalIds) {
        return jdbc.sql("""
                        select l.id from hub.link l
                        where l.connection_id = :connection and l.state = 'gone' and l.external_id = any(:ids)
                          and not exists (select 1 from hub.conflict x where x.link_id = l.id and x.status = 'open')
                        order by l.id
                        """)
                .param("connection", connectionId)
                .param("ids", externalIds.stream().map(Nul::outOf).toArray(String[]::new))
                .query(UUID.class)
                .list();
    }

    @Override
    public List<UUID> items(Collection<UUID> linkIds) {
        return jdbc.sql("select item_id from hub.link where id = any(:ids::uuid[])")
                .param("ids", texts(linkIds))
                .query(UUID.class)
                .list();
    }

    @Override
    public List<Guard.Loss> losses(UUID connectionId) {
        return jdbc.sql("""
                        select coalesce(c.name, '') as name, count(*) as items,
                               count(*) filter (where l.state = 'gone' and not l.delete_allowed and not asked.is_open) as gone
                        from hub.link l
                        left join hub.collection c on c.id = l.collection_id
                        cross join lateral (select exists (select 1 from hub.conflict x
                                                           where x.link_id = l.id and x.status = 'open') as is_open) asked
                        where l.connection_id = :connection and l.state in ('live', 'gone') and l.base is not null
                        group by c.id, c.name
                        order by gone desc
                        """)
                .param("connection", connectionId)
                .query(JdbcGoneLinks::loss)
                .list();
    }

    @Override
    public List<Guard.Loss> losses(UUID connectionId, Collection<UUID> linkIds) {
        return jdbc.sql("""
                        select coalesce(c.name, '') as name, count(*) as items,
                               count(*) filter (where l.id = any(:links::uuid[]) and not l.delete_allowed) as gone
                        from hub.link l left join hub.collection c on c.id = l.collection_id
                        where l.connection_id = :connection and l.state in ('live', 'gone') and l.base is not null
                        group by c.id, c.name
                        order by gone desc
                        """)
                .param("links", texts(linkIds))
                .param("connection", connectionId)
                .query(JdbcGoneLinks::loss)
                .list();
    }

    @Override
    public List<Guard.Loss> losses(UUID connectionId, Collection<UUID> linkIds, Layout layout) {
        List<Map.Entry<UUID, UUID>> moved = List.copyOf(layout.moved().entrySet());
        List<Map.Entry<UUID, Integer>> fresh = List.copyOf(layout.fresh().entrySet());
        return jdbc.sql("""
                        select coalesce(c.name, '') as name, sum(k.items) as items, sum(k.gone) as gone
                        from (select coalesce(m.place, l.collection_id) as place, 1 as items,
                                     case when lost.link is not null and not l.delete_allowed then 1 else 0 end as gone
                              from hub.link l
                              left join unnest(:moved::uuid[], :places::uuid[]) as m (link, place) on m.link = l.id
                              left join unnest(:left::uuid[]) as gone_away (link) on gone_away.link = l.id
                              left join unnest(:lost::uuid[]) as lost (link) on lost.link = l.id
                              where l.connection_id = :connection and l.state in ('live', 'gone') and l.base is not null
                                and gone_away.link is null
                              union all
                              select f.place, f.items, 0
                              from unnest(:fresh::uuid[], :numbers::integer[]) as f (place, items)) k
                        left join hub.collection c on c.id = k.place
                        group by c.id, c.name
                        order by gone desc
                        """)
                .param("moved", texts(moved.stream().map(Map.Entry::getKey).toList()))
                .param("places", texts(moved.stream().map(Map.Entry::getValue).toList()))
                .param("left", texts(layout.left()))
                .param("lost", texts(linkIds))
                .param("fresh", texts(fresh.stream().map(Map.Entry::getKey).toList()))
                .param("numbers", fresh.stream().map(Map.Entry::getValue).toArray(Integer[]::new))
                .param("connection", connectionId)
                .query(JdbcGoneLinks::loss)
                .list();
    }

    @Override
    public int recentlyHinted(UUID connectionId) {
        return jdbc.sql("""
                        with since as (
                            select least(now(), min(started_at)) - interval '5 minutes' as at
                            from hub.job where connection_id = :connection and status = 'held')
                        select count(*) from hub.link l cross join since
                        where l.connection_id = :connection and l.state = 'detached' and l.gone_at > since.at
                          and not l.delete_allowed
                          and exists (select 1 from hub.journal j
                                      where j.item_id = l.item_id and j.connection_id is null and j.operation = 'delete'
                                        and j.cause = 'webhook' and j.at > since.at)
                        """)
                .param("connection", connectionId)
                .query(Integer.class)
                .single();
    }

    private static Guard.Loss loss(ResultSet row, int n) throws SQLException {
        return new Guard.Loss(row.getString("name"), row.getInt("items"), row.getInt("gone"));
    }

    private static String[] texts(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}
