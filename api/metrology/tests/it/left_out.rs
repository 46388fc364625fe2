//! What may be left out of a measurement of each family, and what that is: a part of the test, a fact about
//! what is tested, something that could undo a failure.

/// The parts of each family's test: left out of every golden measurement that has them.
pub const PARTS: &[(&str, &[&str])] = &[
    (
        "RETAIL_WEIGHING",
        &[
            "/standard",
            "/standard/max_error",
            "/standard/weight_test",
            "/weights",
            "/tare",
        ],
    ),
    (
        "RETAIL_BY_MEASURE",
        &[
            "/standard",
            "/sale/standard_error",
            "/sale/instrument_error",
        ],
    ),
    ("PREPACKAGED_LOT", &["/standard"]),
    (
        "SCALE_TEST",
        &[
            "/zero",
            "/eccentricity",
            "/repeatability",
            "/discrimination",
            "/tare",
            "/plate/kind",
        ],
    ),
    (
        "FUEL_DISPENSER",
        &[
            "/checklist/seals",
            "/checklist/self_lock",
            "/checklist/type_match",
            "/checklist/transducer",
            "/payment_step",
            "/max_flow",
        ],
    ),
    ("GAS_DISPENSER", &["/unit"]),
    ("EV_CHARGER", &["/clock", "/energy_step"]),
    (
        "SPECTACLES",
        &[
            "/measured/pd",
            "/measured/height_difference",
            "/measured/right/axis",
            "/measured/left/axis",
            "/resolution",
        ],
    ),
    (
        "UNCUT_LENS",
        &["/measured/addition", "/measured/thickness", "/resolution"],
    ),
    (
        "OPTICAL_INSTRUMENT",
        &["/readings/*", "/standard_uncertainty"],
    ),
    ("NET_CONTENT_LABEL", &["/conspicuous", "/character_height"]),
    (
        "VERIFICATION_MARK",
        &["/mark", "/seals", "/three_codes", "/produced_on"],
    ),
    // A text is looked at whole.
    ("LEGAL_UNITS", &[]),
    ("C_MARK", &["/mark_present", "/declaration", "/produced_on"]),
    ("CHECKLIST", &["/answers/*"]),
];

/// What says what is tested, by which rule or with what, and is no part of the test: without it another
/// question is answered, or one less. Anything else left out may not turn an outcome into a pass.
pub const FACTS: &[(&str, &[&str])] = &[
    // By which class, as how many sales, by which table, beside which other rule.
    (
        "RETAIL_WEIGHING",
        &["/category/class_by/group", "/packages"],
    ),
    // Goods that nobody placed are taken by their name, and the verdict says so.
    ("PREPACKAGED_LOT", &["/goods", "/own_deficiency"]),
    (
        "SCALE_TEST",
        &[
            // Where Min is read it is the first load; a plate of which no tare is told is taken to state none, and the
            // verdict says so.
            "/plate/min",
            "/plate/additive_tare",
            "/plate/subtractive_tare",
            // Another reading, not one less: the indication, and the rounding in it.
            "/zero/added_small_weights",
            "/weighing/*/added_small_weights",
            "/eccentricity/*/added_small_weights",
            "/tare/*/added_small_weights",
        ],
    ),
    // The minimum quantity is tested by choice. A look that tried every part is a whole test where nobody calls
    // it a look.
    ("FUEL_DISPENSER", &["/nozzles/*/points/*", "/stage"]),
    // Fewer runs are another series: what the range is divided by goes by their number.
    ("GAS_DISPENSER", &["/runs/*", "/stage"]),
    ("EV_CHARGER", &["/stage"]),
    // What was prescribed and what the wrapper states.
    (
        "SPECTACLES",
        &[
            "/prescription/right/addition",
            "/prescription/left/addition",
            "/prescription/right/prism_horizontal",
            "/prescription/left/prism_horizontal",
            "/prescription/right/prism_vertical",
            "/prescription/left/prism_vertical",
        ],
    ),
    (
        "UNCUT_LENS",
        &["/nominal/addition", "/nominal/thickness", "/nominal/axis"],
    ),
    // A quantity whose limit nobody knows is read by choice; the resolution says which limit of the zero.
    (
        "OPTICAL_INSTRUMENT",
        &["/readings/*", "/resolution", "/stage"],
    ),
    // Which day decides.
    ("VERIFICATION_MARK", &["/certificate_valid_until"]),
    // A declaration of which nothing else is told stands, and the verdict says so.
    (
        "C_MARK",
        &["/declaration/withdrawn", "/declaration/withdrawn_on"],
    ),
    // Another mark, not one less.
    ("NET_CONTENT_LABEL", &["/mark/text"]),
];

/// What says which rule applies. Left out it makes no pass, but what fails by the general rule fails, though by
/// another one it might not: flour by a rule of its own, said or told by its name, a dispenser of another scope.
pub const OTHER_RULE: &[(&str, &[&str])] = &[
    ("PREPACKAGED_LOT", &["/goods", "/goods_name"]),
    ("FUEL_DISPENSER", &["/max_flow"]),
];

/// How wrong the standard lens of an optical instrument may be: no lens of a market is known that it could be
/// held against instead, so what fails by a lens whose certificate holds fails.
pub const ERROR_NOT_GIVEN: &[(&str, &[&str])] =
    &[("OPTICAL_INSTRUMENT", &["/standard_uncertainty"])];

/// What could undo a failure: the instrument, its zero or tare, further runs; of a C mark the day the goods
/// were made, which may be of the time of certificates. A failure with it is firm, and without it is not.
pub const COULD_UNDO: &[(&str, &[&str])] = &[
    (
        "RETAIL_WEIGHING",
        &["/standard", "/standard/max_error", "/weights"],
    ),
    ("RETAIL_BY_MEASURE", &["/standard", "/sale/standard_error"]),
    ("PREPACKAGED_LOT", &["/standard", "/tare_test/tares/*"]),
    ("SCALE_TEST", &["/zero"]),
    ("FUEL_DISPENSER", &["/nozzles/*/points/*/runs/*"]),
    ("EV_CHARGER", &["/runs/*"]),
    ("C_MARK", &["/produced_on"]),
];
