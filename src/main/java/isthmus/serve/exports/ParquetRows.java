package isthmus.serve.exports;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * A record a row of typed columns. Rows are held until they fill a group, then the group is written: what is held is all
 * the memory that an export needs. A file that was cut has no footer and no reader takes it.
 */
final class ParquetRows implements ExportRows {
    private static final long GROUP_BYTES = 4 << 20;
    private static final int PAGE_BYTES = 64 << 10;
    private static final int ROWS_BETWEEN_LOOKS = 64;
    private static final int STATISTICS_BYTES = 64;

    private final ParquetProperties properties = ParquetProperties.builder()
            .withPageSize(PAGE_BYTES)
            .withDictionaryPageSize(PAGE_BYTES)
            .build();
    private final Flat flat;
    private final List<ParquetColumn> columns;
    private final MessageType schema;
    private final ParquetFileWriter file;
    private final String position;
    private @Nullable Group group;
    private int groups;

    /** @param position the feed's, at the moment that the rows show */
    ParquetRows(OutputStream out, String entity, Flat flat, String position) throws IOException {
        this.flat = flat;
        this.position = position;
        columns = flat.columns().stream().map(ParquetColumn::new).toList();
        schema = new MessageType(
                entity, List.copyOf(columns.stream().map(ParquetColumn::type).toList()));
        file = new ParquetFileWriter(
                new StreamFile(out),
                schema,
                ParquetFileWriter.Mode.CREATE,
                GROUP_BYTES,
                0,
                STATISTICS_BYTES,
                STATISTICS_BYTES,
                true);
        file.start();
    }

    /** The rows that are held. */
    private final class Group {
        private final ColumnChunkPageWriteStore pages = ColumnChunkPageWriteStore.builder()
                .withCompressorProvider(column -> Snappy.COMPRESSOR)
                .withSchema(schema)
                .withAllocator(properties.getAllocator())
                .withRowGroupOrdinal(groups)
                .build();
        private final ColumnWriteStore store = properties.newColumnWriteStore(schema, pages, pages);
        private final RecordConsumer to =
                new ColumnIOFactory().getColumnIO(schema).getRecordWriter(store);
        private long rows;

        void add(@Nullable String[] cells) {
            to.startMessage();
            for (int i = 0; i < cells.length; i++) {
                String cell = cells[i];
                if (cell != null) {
                    ParquetColumn column = columns.get(i);
                    to.startField(column.name(), i);
                    column.write(cell, to);
                    to.endField(column.name(), i);
                }
            }
            to.endMessage();
            rows++;
        }

        boolean isFull() {
            return rows % ROWS_BETWEEN_LOOKS == 0 && store.getBufferedSize() >= GROUP_BYTES;
        }

        void write() throws IOException {
            to.flush();
            file.startBlock(rows);
            store.flush();
            pages.flushToFileWriter(file);
            file.endBlock();
            store.close();
            pages.close();
        }
    }

    @Override
    public void add(ByteBuffer body) throws IOException {
        if (group == null) {
            group = new Group();
        }
        group.add(flat.cells(body));
        if (group.isFull()) {
            write(group);
        }
    }

    private void write(Group full) throws IOException {
        full.write();
        groups++;
        group = null;
    }

    @Override
    public void end(Extent extent) throws IOException {
        if (group != null) {
            write(group);
        }
        file.end(Map.of("isthmus.position", position, "isthmus.after", extent.last()));
    }
}
