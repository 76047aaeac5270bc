package isthmus.serve.exports;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** A column as Parquet has it: decimals of the schema's digits, instants in UTC, days; lists and objects as JSON text. */
final class ParquetColumn {
    private static final int MONEY_DIGITS = 17;
    private static final int MONEY_SCALE = 2;
    private static final int PRICE_DIGITS = 17;
    private static final int PRICE_SCALE = 8;
    private static final int DECIMAL_DIGITS = 24;
    private static final int DECIMAL_SCALE = 9;
    /** As many as 24 digits and a sign need. */
    private static final int DECIMAL_BYTES = 11;

    private final Column column;
    private final PrimitiveType type;

    ParquetColumn(Column column) {
        this.column = column;
        type = switch (column.kind()) {
            case TEXT, JSON -> of(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType());
            case MONEY -> of(PrimitiveTypeName.INT64, LogicalTypeAnnotation.decimalType(MONEY_SCALE, MONEY_DIGITS));
            case PRICE -> of(PrimitiveTypeName.INT64, LogicalTypeAnnotation.decimalType(PRICE_SCALE, PRICE_DIGITS));
            case DECIMAL ->
                Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                        .length(DECIMAL_BYTES)
                        .as(LogicalTypeAnnotation.decimalType(DECIMAL_SCALE, DECIMAL_DIGITS))
                        .named(column.name());
            case INSTANT -> of(PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS));
            case DATE -> of(PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType());
            case WHOLE -> Types.optional(PrimitiveTypeName.INT64).named(column.name());
            case REAL -> Types.optional(PrimitiveTypeName.DOUBLE).named(column.name());
            case FLAG -> Types.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
        };
    }

    private PrimitiveType of(PrimitiveTypeName primitive, LogicalTypeAnnotation meaning) {
        return Types.optional(primitive).as(meaning).named(column.name());
    }

    String name() {
        return column.name();
    }

    Type type() {
        return type;
    }

    /** Writes a cell; one that is not of its column's form is a fault of ours: the schema was not kept. */
    void write(String cell, RecordConsumer to) {
        try {
            switch (column.kind()) {
                case TEXT, JSON -> to.addBinary(Binary.fromString(cell));
                case MONEY -> to.addLong(unscaled(cell, MONEY_SCALE).longValueExact());
                case PRICE -> to.addLong(unscaled(cell, PRICE_SCALE).longValueExact());
                case DECIMAL -> to.addBinary(fixed(unscaled(cell, DECIMAL_SCALE)));
                case INSTANT ->
                    to.addLong(ChronoUnit.MICROS.between(
                            Instant.EPOCH, OffsetDateTime.parse(cell).toInstant()));
                case DATE -> to.addInteger(Math.toIntExact(LocalDate.parse(cell).toEpochDay()));
                case WHOLE -> to.addLong(Long.parseLong(cell));
                case REAL -> to.addDouble(Double.parseDouble(cell));
                case FLAG -> to.addBoolean(Boolean.parseBoolean(cell));
            }
        } catch (RuntimeException unreadable) {
            throw new IllegalStateException("a value of " + name() + " is no " + column.kind());
        }
    }

    private static BigInteger unscaled(String cell, int scale) {
        return new BigDecimal(cell).setScale(scale).unscaledValue();
    }

    /** Two's complement, the sign in front of it, as long as the column says. */
    private static Binary fixed(BigInteger value) {
        byte[] digits = value.toByteArray();
        byte[] bytes = new byte[DECIMAL_BYTES];
        int empty = DECIMAL_BYTES - digits.length;
        Arrays.fill(bytes, 0, empty, (byte) (value.signum() < 0 ? -1 : 0));
        System.arraycopy(digits, 0, bytes, empty, digits.length);
        return Binary.fromConstantByteArray(bytes);
    }
}
