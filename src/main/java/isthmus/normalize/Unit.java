package isthmus.normalize;

import org.jspecify.annotations.Nullable;

/** The units that interval values come in, by the name that code tables give them, and the canonical one (model.md 4.2). */
enum Unit {
    Wh("kWh", "kW.h", -3, true, true),
    kWh("kWh", "kW.h", 0, true, true),
    MWh("kWh", "kW.h", 3, true, true),
    GWh("kWh", "kW.h", 6, true, true),
    varh("kvarh", "kvar.h", -3, true, false),
    kvarh("kvarh", "kvar.h", 0, true, false),
    Mvarh("kvarh", "kvar.h", 3, true, false),
    VAh("kVAh", "kV.A.h", -3, true, false),
    kVAh("kVAh", "kV.A.h", 0, true, false),
    W("kW", "kW", -3, false, false),
    kW("kW", "kW", 0, false, false),
    MW("kW", "kW", 3, false, false),
    kvar("kvar", "kvar", 0, false, false),
    kVA("kVA", "kV.A", 0, false, false),
    V("V", "V", 0, false, false),
    A("A", "A", 0, false, false);

    private final byte[] name;
    private final byte[] ucum;
    private final int shift;
    private final boolean isEnergy;
    private final boolean isActive;

    Unit(String canonical, String ucum, int shift, boolean isEnergy, boolean isActive) {
        this.name = Bytes.of("\"" + canonical + "\"");
        this.ucum = Bytes.of("\"" + ucum + "\"");
        this.shift = shift;
        this.isEnergy = isEnergy;
        this.isActive = isActive;
    }

    static @Nullable Unit named(@Nullable String name) {
        for (Unit unit : values()) {
            if (unit.name().equals(name)) {
                return unit;
            }
        }
        return null;
    }

    /** The canonical unit, as JSON. */
    byte[] canonical() {
        return name;
    }

    byte[] ucum() {
        return ucum;
    }

    /** The power of ten from this unit to the canonical one. */
    int shift() {
        return shift;
    }

    /** True when values of it may be added up. */
    boolean isEnergy() {
        return isEnergy;
    }

    /** True for what the night adds up. */
    boolean isActive() {
        return isActive;
    }
}
