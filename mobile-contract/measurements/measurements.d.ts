// Written from the schemas beside this file; LIANGXIN_UPDATE=1 writes it anew.

/** A number with the symbol of its unit; a pure number stands alone. */
export type Amount = string;

/** Angle: a number with its unit, such as "1 °". */
export type Angle = string;

/** The answer to one row. */
export type Answer = {
  /** The answer. */
  answer: AnswerGiven;
  /** What the officer adds. */
  note?: string | null;
  /** The name of the row, such as `STL-03`. */
  row: string;
};

/** An answer. */
export type AnswerGiven = "YES" | "NO" | "NOT_APPLICABLE" | "NOT_SEEN";

/** An edition that a verdict rests on or consulted. */
export type AppliedRule = {
  /** The SHA-256 of the rule file, in hexadecimal. */
  digest: string;
  /** Its name, such as the year of its last amendment. */
  edition: string;
  /** The id of the edition. */
  id: string;
  /** The title of the instrument of law. */
  title: Words;
};

/** Area: a number with its unit, such as "1 cm²". */
export type Area = string;

/** One package that may bear the C mark. */
export type CMark = {
  /** What the portal says; absent where nobody looked it up. */
  declaration?: DeclarationSearch | null;
  family: "C_MARK";
  /** What the goods are called; compared with the declared names. */
  goods_name: string;
  /** The day of the inspection; picks the edition of the rules. */
  inspected_on: string;
  /** Whether the package bears the mark. */
  mark_present: Seen;
  /** The day the goods were made, where it is printed. */
  produced_on?: string | null;
  /** Whoever printed the mark. */
  producer: string;
  /** What they are. */
  user: MarkUser;
};

/** The accuracy classes. */
export type ChargerClass = "1" | "2";

/** Signs of a function that cheats. */
export type CheatingSeen = "SUSPECTED" | "NOT_SEEN";

/** What the check was made with: the other scale, or the weights of the same-instrument method. */
export type CheckInstrument = {
  /** The greatest error it may have at the mass of the goods, in grams; more than zero. Article 6 allows a third of the limit to weights and to a scale of higher accuracy, and the limit to a scale of equal accuracy. More lets nothing conform. */
  max_error?: Mass | null;
  /** It and its certificate. */
  standard: Standard;
  /** One weight of about the mass of the goods put on it before, as on a market's fair-check scale (公平秤) whose certificate gives no error. Another method than that of the same instrument. */
  weight_test?: WeightTest | null;
};

/** How the check weighing was made (article 6). */
export type CheckMethod = "SAME_INSTRUMENT" | "HIGHER_ACCURACY" | "EQUAL_ACCURACY";

/** What a check comes to. */
export type CheckResult = "PASSES" | "FAILS" | "NOT_ASSESSED";

/** An answered checklist. */
export type Checklist = {
  /** The answers, in any order; at most 100. */
  answers: Array<Answer>;
  /** The edition of the template that was answered. */
  edition: string;
  family: "CHECKLIST";
  /** The day of the inspection; with the venue it picks the template. */
  inspected_on: string;
  /** The id of the template that was answered, such as `checklist-stall-2025`. */
  template: string;
  /** The kind of venue. */
  venue: Venue;
};

/** How the class of food is found. */
export type ClassBy = {
  by: "NAME";
  /** The group. */
  group: GoodsGroup;
} | {
  by: "PRICE";
  /** The group the goods belong to, where the table names one. */
  group?: GoodsGroup | null;
  /** Why the price was chosen; needed when the group gives another class than the price. */
  reason?: string | null;
};

/** A comparison of the clock with the time of day. */
export type ClockCheck = {
  /** How far it is off, on whichever side, in seconds. */
  off_by: Time;
  /** The kind of verification. */
  stage: ClockStage;
};

/** The kind of verification, which picks the limit of the clock. */
export type ClockStage = "INITIAL" | "LATER";

/** One of the codes or the seal. */
export type CodeSeen = "PRESENT" | "MISSING" | "NOT_SEEN";

/** How a measured value is compared with its limit. A value equal to the limit is always within it, since the rules say "shall not exceed" and "not less than". */
export type Comparison = "AT_MOST" | "AT_LEAST" | "WITHIN" | "MET";

/** Mass, volume, length, area or count: a number with its unit, such as "1 g". */
export type Content = string;

/** Count: a number with its unit, such as "1 pcs". */
export type Count = string;

/** Whether a declaration covers a product. */
export type Coverage = "YES" | "NO" | "UNKNOWN";

/** What a charger delivers. */
export type Current = "AC" | "DC";

/** What a search on the portal gave. */
export type DeclarationSearch = {
  found: "NOTHING";
} | {
  /** Whether the officer finds the product among them. */
  covers_product: Coverage;
  /** The day of the declaration. */
  declared_on: string;
  found: "DECLARED";
  /** The names of the declared products, at most 200; may be empty where the officer compared them. */
  products: Array<string>;
  /** Whether the portal says that it was withdrawn: `NO` while it stands. Where nobody looked, and no day is given, it is taken to stand, and the verdict says so. */
  withdrawn?: Seen;
  /** The day it was withdrawn. */
  withdrawn_on?: string | null;
};

/** Density: a number with its unit, such as "1 g/mL". */
export type Density = string;

/** A small weight put gently on a loaded scale. */
export type DiscriminationTrial = {
  /** The small weight added. */
  extra: Mass;
  /** Whether the indication changed. */
  indication: IndicationAfter;
  /** The load the scale already bore. */
  load: Mass;
};

/** What the inspector saw. */
export type DispenserChecklist = {
  /** The pre-coded seals between encoder and transducer and on the board. */
  seals: SealState;
  /** The self-lock against abnormal pulses or volumes. */
  self_lock: SelfLock;
  /** Whether every hose has a flow transducer of its own. */
  transducer: Transducer;
  /** Transducer, encoder, control board and software beside the type. */
  type_match: TypeMatch;
};

/** A reading with the load at one place of the load receptor. */
export type EccentricReading = {
  /** The small weights added until the indication changed, ΔL. */
  added_small_weights?: Mass | null;
  /** The indication, I. */
  indication: Mass;
  /** The load, L. */
  load: Mass;
  /** The place, such as "front left"; each once. */
  position: string;
};

/** Energy: a number with its unit, such as "1 kWh". */
export type Energy = string;

/** One charging. */
export type EnergyRun = {
  /** The energy that the charger shows; more than zero. */
  indicated: Energy;
  /** The energy by the reference meter; more than zero. */
  reference: Energy;
};

/** One test of a charger. */
export type EvCharger = {
  /** The charger, such as its number; for the explanation only. */
  charger: string;
  /** The accuracy class on the plate. */
  class: ChargerClass;
  /** The comparison of the clock, where it was made. */
  clock?: ClockCheck | null;
  /** Whether whoever entered the values confirmed one that looked like a slip. */
  confirmed?: boolean;
  /** What it delivers; picks the instrument of law. */
  current: Current;
  /** The step in which energy is shown, where it was seen, in kWh; more than zero. */
  energy_step?: Energy | null;
  family: "EV_CHARGER";
  /** Who runs the charger; for the explanation only. */
  operator: string;
  /** The runs, 1 to 20. */
  runs: Array<EnergyRun>;
  /** At which stage of its life it is tested, which that of the clock must fit; an inspection in use where nobody says. */
  stage?: TestStage | null;
  /** The reference meter. */
  standard: Standard;
  /** The day of the test; picks the edition of the rules. */
  tested_on: string;
};

/** Goods the rule does not cover: their mass changes while they wait. */
export type ExcludedKind = "LIVE_POULTRY" | "LIVE_FISH" | "WATER_SOAKED";

/** The values of one eye, prescribed or found. */
export type EyeValues = {
  /** The addition for near, in dioptres. */
  addition?: LensPower | null;
  /** The axis of the cylinder as written, in degrees. */
  axis?: Angle | null;
  /** Cylinder, in dioptres, in plus or minus form; zero without one. */
  cylinder: LensPower;
  /** From the middle of the nose to the optical centre (单侧), in millimetres. */
  pd?: Length | null;
  /** Horizontal prism. */
  prism_horizontal?: HorizontalPrism | null;
  /** Vertical prism. */
  prism_vertical?: VerticalPrism | null;
  /** Sphere, in dioptres. */
  sphere: LensPower;
};

/** One thing that was checked. */
export type Finding = {
  /** The article or clause of it. */
  article: string;
  /** The stable code of what was checked, such as `SHORTAGE`. */
  check: string;
  /** Which side of the limit is allowed, equality included in each. */
  comparison: Comparison;
  /** Measured less limit for an upper limit, limit less measured for a lower one: above zero is beyond the limit. */
  deviation?: Amount | null;
  /** Whether the measured value is exactly the limit. */
  is_equal: boolean;
  /** The limit it was compared with. */
  limit?: Amount | null;
  /** What was found; nothing where the finding is not a number. */
  measured?: Amount | null;
  /** How well the limit is known. */
  provenance: Provenance;
  /** Whether it is within the limit. */
  result: CheckResult;
  /** The row that set the limit. */
  row: string;
  /** The id of the edition that sets the limit. */
  rule_id: string;
  /** What it concerns where the measurement has several of a kind: `package 3`, `nozzle 2, Q1`. */
  subject?: string | null;
  /** The code of the violation that this failure suggests; only where it fails. */
  suggests?: ViolationCode | null;
  /** The finding in one sentence. */
  words: Words;
};

/** Flow: a number with its unit, such as "1 L/min". */
export type Flow = string;

/** The runs at one point. */
export type FlowPoint = {
  /** The measure of this point, where it is another than the dispenser's: a minimum quantity of 5 L is not measured in 20 L. */
  measure?: StandardMeasure | null;
  /** Which point. */
  point: FlowPointKind;
  /** The runs, 1 to 5. */
  runs: Array<FuelRun>;
};

/** The points of a test. */
export type FlowPointKind = "Q1" | "Q2" | "MINIMUM_QUANTITY";

/** What a dispenser dispenses. */
export type Fuel = "PETROL" | "KEROSENE" | "DIESEL";

/** One test of a fuel dispenser. */
export type FuelDispenser = {
  /** The temperature of the air during the test, in °C. */
  ambient?: Temperature | null;
  /** What the inspector saw. */
  checklist: DispenserChecklist;
  /** Whether whoever entered the values confirmed one that looked like a slip. */
  confirmed?: boolean;
  /** The dispenser, such as its number; for the explanation only. */
  dispenser: string;
  family: "FUEL_DISPENSER";
  /** What it dispenses; picks β_Y. */
  fuel: Fuel;
  /** The maximum flow on the plate, in L/min. Without it nothing says that the rules cover the dispenser, and it conforms to nothing. */
  max_flow?: Flow | null;
  /** The standard metal measure. */
  measure: StandardMeasure;
  /** The nozzles tested, 1 to 32. */
  nozzles: Array<Nozzle>;
  /** The minimum payment step (最小付费变量), in yuan. */
  payment_step?: Money | null;
  /** At which stage of its life it is tested; an inspection in use where nobody says. */
  stage?: TestStage | null;
  /** The filling station; for the explanation only. */
  station: string;
  /** The day of the test; picks the edition of the rules. */
  tested_on: string;
};

/** One filling of the measure. */
export type FuelRun = {
  /** The volume V_J that the dispenser shows; more than zero. */
  indicated: Volume;
  /** The neck reading h of the filled measure, in mm. */
  neck_reading: SignedLength;
  /** The temperature t_J of the oil at the nozzle, in °C. */
  oil_at_nozzle: Temperature;
  /** The temperature t_B of the oil in the measure, in °C. */
  oil_in_measure: Temperature;
  /** The sum that the dispenser shows, in yuan. */
  paid?: Money | null;
  /** The unit price, in yuan/L; needed with `paid`. */
  unit_price?: PriceByVolume | null;
};

/** What a gas dispenser dispenses. */
export type Gas = "CNG" | "LNG" | "HYDROGEN";

/** One test of a gas dispenser. */
export type GasDispenser = {
  /** Whether whoever entered the values confirmed one that looked like a slip. */
  confirmed?: boolean;
  /** The dispenser, such as its number; for the explanation only. */
  dispenser: string;
  family: "GAS_DISPENSER";
  /** What it dispenses. */
  gas: Gas;
  /** The runs, 1 to 5; none where the dispenser shows no mass. */
  runs: Array<GasRun>;
  /** At which stage of its life it is tested; an inspection in use where nobody says. */
  stage?: TestStage | null;
  /** The scale or master meter that gave the reference mass. */
  standard: Standard;
  /** The filling station; for the explanation only. */
  station: string;
  /** The day of the test; picks the edition of the rules. */
  tested_on: string;
  /** The unit the customer is shown. */
  unit: UnitShown;
};

/** One filling. */
export type GasRun = {
  /** The mass that the dispenser shows; more than zero. */
  indicated: Mass;
  /** The mass by the standard; more than zero. */
  reference: Mass;
};

/** What goods are to the rule. */
export type GoodsCategory = {
  /** How its class is found. */
  class_by: ClassBy;
  kind: "FOOD";
} | {
  kind: "GOLD_PIECE";
} | {
  kind: "SILVER_PIECE";
} | {
  /** Which. */
  goods: ExcludedKind;
  kind: "EXCLUDED";
};

/** The groups of food that table 1 names. */
export type GoodsGroup = "GRAIN" | "VEGETABLES" | "FRUIT" | "MEAT" | "EGGS" | "POULTRY" | "AQUATIC_PRODUCTS" | "PASTRY" | "SWEETS" | "CONDIMENTS" | "DRIED_VEGETABLES" | "MOUNTAIN_AND_SEA_DELICACIES";

/** The side of the base of horizontal prism. */
export type HorizontalBase = "IN" | "OUT";

/** Prism across: its amount in prism dioptres and the side of its base. */
export type HorizontalPrism = {
  /** How much, in prism dioptres. */
  amount: Prism;
  /** Towards where its base lies. */
  base: HorizontalBase;
};

/** What an indication did when a small weight was added. */
export type IndicationAfter = "CHANGED" | "UNCHANGED";

/** What a measuring instrument is: the kinds of the table of verification intervals, and those that a merchant's ledger tells apart within one row of it. A measurement names a kind as the table does (`PRICE_COMPUTING_SCALE`); a ledger has words of its own (`price_scale`). */
export type InstrumentKind = "PRICE_COMPUTING_SCALE" | "TRUCK_SCALE" | "MECHANICAL_SCALE" | "STEELYARD" | "AUTOMATIC_SCALE" | "TRADE_WEIGHT" | "FUEL_DISPENSER" | "CNG_DISPENSER" | "LNG_DISPENSER" | "EV_CHARGER" | "STANDARD_METAL_MEASURE" | "WATER_METER_UP_TO_DN25" | "WATER_METER_DN25_TO_DN50" | "WATER_METER_ABOVE_DN50" | "GAS_METER_UP_TO_10" | "GAS_METER_ABOVE_10" | "ELECTRICITY_METER" | "HEAT_METER" | "TAXIMETER" | "GRAIN_MOISTURE_METER" | "SPHYGMOMANOMETER" | "ELECTRONIC_SPHYGMOMANOMETER" | "ELECTROCARDIOGRAPH" | "FOCIMETER" | "REFRACTOMETER" | "PHOROPTER" | "TRIAL_LENS_SET" | "KERATOMETER" | "PUPILOMETER" | "CLINICAL_THERMOMETER" | "PRESSURE_GAUGE" | "RADAR_SPEED_METER" | "BREATH_ALCOHOL_TESTER" | "SOUND_LEVEL_METER" | "OTHER";

/** One reading: the value of the standard and what the instrument showed. */
export type InstrumentReading = {
  /** The reading. */
  indicated: LensPower;
  /** The standard. */
  nominal: LensPower;
  quantity: "SPHERE";
} | {
  /** The reading. */
  indicated: LensPower;
  /** The standard. */
  nominal: LensPower;
  quantity: "CYLINDER";
} | {
  /** The reading. */
  indicated: Angle;
  /** The standard. */
  nominal: Angle;
  quantity: "AXIS";
} | {
  /** The reading. */
  indicated: Prism;
  /** The standard. */
  nominal: Prism;
  quantity: "PRISM";
} | {
  /** The reading. */
  indicated: Length;
  /** The standard. */
  nominal: Length;
  quantity: "PUPILLARY_DISTANCE";
} | {
  /** The reading. */
  indicated: Length;
  /** The standard. */
  nominal: Length;
  quantity: "CURVATURE_RADIUS";
};

/** A number between input and outcome. */
export type Intermediate = {
  /** Its value. */
  amount: Amount;
  /** Whether this is the exact value; one that is not (a third, a root) is shown rounded and was compared unrounded. */
  is_exact: boolean;
  /** What it is. */
  name: string;
};

/** One text as it was seen: a price tag, a label, a receipt. */
export type LegalUnitsText = {
  family: "LEGAL_UNITS";
  /** The day the text was seen; picks the edition of the rules. */
  seen_on: string;
  /** The text as printed, its lines joined by blanks. */
  text: string;
  /** What the text serves. */
  use: TextUse;
};

/** Length: a number with its unit, such as "1 mm". */
export type Length = string;

/** Lens power: a number with its unit, such as "1 D". */
export type LensPower = string;

/** The values of one lens, nominal or found. */
export type LensValues = {
  /** The addition for near, in dioptres. */
  addition?: LensPower | null;
  /** The axis of the cylinder as written, in degrees; only lenses with a mark of direction have one. */
  axis?: Angle | null;
  /** Cylinder, in dioptres, in plus or minus form; zero without one. */
  cylinder: LensPower;
  /** Sphere, in dioptres. */
  sphere: LensPower;
  /** The thickness (厚度), in millimetres. */
  thickness?: Length | null;
};

/** The kinds of load receptor that the eccentricity test tells apart. */
export type LoadReceptor = "TABLE" | "HOPPER" | "ROLLING" | "HOOK";

/** What goods a lot is of. */
export type LotGoods = "FLOUR" | "RICE" | "SOAP" | "DRUGS" | "HAZARDOUS_CHEMICALS" | "OTHER";

/** The mark of verification, as it was seen. */
export type MarkSeen = "VALID_SEEN" | "FORGED" | "FAILED" | "ABSENT" | "UNREADABLE" | "NOT_SEEN";

/** What whoever printed the mark is. */
export type MarkUser = "PRODUCER" | "PACKER" | "SELLER";

/** Mass: a number with its unit, such as "1 g". */
export type Mass = string;

/** What a standard measure is made of. */
export type MeasureMaterial = "STAINLESS_STEEL" | "CARBON_STEEL";

/** What was paid for and what was found, in the quantity that the goods are sold by. */
export type MeasuredSale = {
  by: "VOLUME";
  /** The volume found by the check. */
  checked: Volume;
  /** The permissible error of the instrument of the sale at this volume, by its regulation or certificate; more than zero. */
  instrument_error?: Volume | null;
  /** The volume the price was settled by; more than zero. */
  settled: Volume;
  /** The greatest error of what the check was made with; more than zero. */
  standard_error?: Volume | null;
  /** The price paid. */
  unit_price: PriceByVolume;
} | {
  by: "LENGTH";
  /** The length found by the check. */
  checked: Length;
  /** The permissible error of the instrument of the sale at this length, by its regulation or certificate; more than zero. */
  instrument_error?: Length | null;
  /** The length the price was settled by; more than zero. */
  settled: Length;
  /** The greatest error of what the check was made with; more than zero. */
  standard_error?: Length | null;
  /** The price paid. */
  unit_price: PriceByLength;
} | {
  by: "PIECE";
  /** The number found by the check. */
  checked: Count;
  /** The number the price was settled by; more than zero. */
  settled: Count;
  /** The price paid. */
  unit_price: PriceByPiece;
};

/** A load after something was pressed or entered that should not change what it weighs. */
export type ModeReading = {
  /** The indication. */
  indication: Mass;
  /** The load, one of the weighing test. */
  load: Mass;
  /** What was pressed or entered. */
  mode: ScaleMode;
};

/** Money: a number with its unit, such as "1 yuan". */
export type Money = string;

/** Neck constant: a number with its unit, such as "1 mL/mm". */
export type NeckConstant = string;

/** The net content mark of one package. */
export type NetContentLabel = {
  /** The height of the lowest character of the mark; absent where it was not measured. */
  character_height?: Length | null;
  /** Whether whoever entered the values confirmed one that looked like a slip. */
  confirmed?: boolean;
  /** Whether the mark is clear and in a conspicuous place. */
  conspicuous: Seen;
  family: "NET_CONTENT_LABEL";
  /** What goods they are, where some are left out. Where it is not said, the name of the goods tells. */
  goods?: LotGoods | null;
  /** What the goods are called; for the explanation only. */
  goods_name: string;
  /** What is in the package. */
  items: PackedItems;
  /** What the goods are sold by. */
  kind: QuantityKind;
  /** The mark. */
  mark: PrintedMark;
  /** The day the goods were made or imported; picks the edition of the rules. */
  produced_on: string;
};

/** The labelled net quantity Qn; more than zero. */
export type Nominal = {
  kind: "MASS";
  /** Qn; at most 50 kg by Chinese rules. */
  qn: Mass;
} | {
  kind: "VOLUME";
  /** Qn; at most 50 L by Chinese rules. */
  qn: Volume;
} | {
  kind: "LENGTH";
  /** Qn. */
  qn: Length;
} | {
  kind: "AREA";
  /** Qn. */
  qn: Area;
} | {
  kind: "COUNT";
  /** Qn. */
  qn: Count;
};

/** One nozzle (加油枪). */
export type Nozzle = {
  /** What it is called; each name once. */
  name: string;
  /** The points tested, each kind at most once. */
  points: Array<FlowPoint>;
};

/** An instrument of an optician, read on a standard. */
export type OpticalInstrument = {
  /** Whether whoever entered the values confirmed one that looked like a slip. */
  confirmed?: boolean;
  family: "OPTICAL_INSTRUMENT";
  /** The day of the readings; picks the edition, and the standard's certificate must hold on it. */
  inspected_on: string;
  /** What the instrument is: one of those of the trade. */
  kind: InstrumentKind;
  /** The readings, 1 to 100. */
  readings: Array<InstrumentReading>;
  /** The smallest step the instrument shows, in dioptres; it decides the zero error of a focimeter. Without it only what every step allows or forbids is firm. */
  resolution?: LensPower | null;
  /** At which stage of its life it is tested; an inspection in use where nobody says. */
  stage?: TestStage | null;
  /** The standard lenses, model eye or gauge. */
  standard: Standard;
  /** The expanded uncertainty of the standard's power, in dioptres, as its certificate gives it. One greater than a limit makes the standard unsuitable; without it no reading of a power conforms. */
  standard_uncertainty?: LensPower | null;
};

/** What a measurement comes to. */
export type Outcome = "CONFORMS" | "FAILS" | "SCREENING_ONLY" | "NOT_ASSESSABLE";

/** The deficiency that a mandatory standard for the goods tolerates. */
export type OwnDeficiency = {
  /** T, in a unit of the kind of Qn; less than Qn. */
  deficiency: Content;
  /** Number and title of the standard. */
  document: string;
};

/** How the content of one package was found. */
export type Package = {
  kind: "NET";
  /** The actual content. */
  net: Content;
} | {
  /** The full package. */
  gross: Mass;
  kind: "GROSS";
  /** Its packing. */
  tare: Mass;
} | {
  /** The full package. */
  gross: Mass;
  kind: "GROSS_AVERAGE_TARE";
} | {
  kind: "MASS_OF_VOLUME";
  /** The net mass. */
  mass: Mass;
};

/** What is in a package. */
export type PackedItems = {
  items: "SINGLE";
} | {
  items: "SAME_ITEMS";
  /** Whether the quantity of one and their number are given. */
  single_and_number: Seen;
  /** Whether the total is given. */
  total: Seen;
} | {
  items: "DIFFERENT_ITEMS";
  /** Whether, for each kind, the quantity of one and their number are given. */
  single_and_number: Seen;
  /** Whether, for each kind, the total is given. */
  total: Seen;
};

/** One lot with the packages that were tested. */
export type PrepackagedLot = {
  /** Whether whoever entered the values confirmed one that looked like a slip. */
  confirmed?: boolean;
  /** The density of the goods at 20 °C, where a volume was found by its mass. */
  density?: Density | null;
  family: "PREPACKAGED_LOT";
  /** What goods they are: some have a rule of their own, some none here. Where it is not said, the name of the goods tells those with a rule of their own. */
  goods?: LotGoods | null;
  /** What the goods are called; for the explanation only. */
  goods_name: string;
  /** The day of the inspection; picks the editions of the rules. */
  inspected_on: string;
  /** Whether the test destroyed the goods. Only `Scheme::Eu` has a plan of its own for that. */
  is_destructive?: boolean;
  /** How many packages the lot has, N; more than zero. */
  lot_size: number;
  /** The labelled net quantity Qn. */
  nominal: Nominal;
  /** The deficiency that a mandatory standard for these goods tolerates; it governs instead of the general table (JJF 1070-2005, section 6). */
  own_deficiency?: OwnDeficiency | null;
  /** The packages tested, in the order in which they were taken. A verdict needs as many as the plan says; fewer give an indication only, more are refused. */
  packages: Array<Package>;
  /** The body of rules; the law of China where nothing is said. */
  scheme?: Scheme;
  /** The balance or measure, where it is on a register. */
  standard?: ReferenceInstrument | null;
  /** The tares whose mean stands for the tare of each package, where packages were not emptied. */
  tare_test?: TareTest | null;
  /** Who tested. */
  tester: Tester;
};

/** Price by length: a number with its unit, such as "1 yuan/m". */
export type PriceByLength = string;

/** Price by mass: a number with its unit, such as "1 yuan/kg". */
export type PriceByMass = string;

/** Price by piece: a number with its unit, such as "1 yuan/pcs". */
export type PriceByPiece = string;

/** Price by volume: a number with its unit, such as "1 yuan/L". */
export type PriceByVolume = string;

/** The mark on the package. */
export type PrintedMark = {
  printed: "AS_READ";
  /** The whole of it as printed, such as `净含量：500 g`. */
  text: string;
} | {
  printed: "NOWHERE";
};

/** Prism: a number with its unit, such as "1 Δ". */
export type Prism = string;

/** How well a number or a reading of the law is known, from best to worst. */
export type Provenance = "verified" | "secondary" | "unverified" | "proposal";

/** What an instrument is used for. */
export type Purpose = "TRADE" | "SAFETY" | "MEDICAL" | "ENVIRONMENT" | "OTHER";

/** What goods are sold by. */
export type QuantityKind = "MASS" | "VOLUME" | "LENGTH" | "AREA" | "COUNT";

/** The balance or measure that the content was found with. */
export type ReferenceInstrument = {
  /** The instrument and its certificate. */
  standard: Standard;
  /** Its expanded uncertainty (k = 2) or its maximum error, in a unit of the kind of Qn; a mass where a volume was found by its mass. */
  uncertainty: Content;
};

/** A reason or a note. */
export type Remark = {
  /** The stable code. */
  code: string;
  /** In one sentence. */
  words: Words;
};

/** A load weighed again and again. */
export type RepeatedReading = {
  /** The indications, 2 to 20. */
  indications: Array<Mass>;
  /** The load, L. */
  load: Mass;
};

/** One check weighing. */
export type RetailWeighing = {
  /** What the goods are to the rule. */
  category: GoodsCategory;
  /** The mass found by the check, of the goods without packing; at most 10 t. */
  checked: Mass;
  /** Whether whoever entered the values confirmed one that looked like a slip. */
  confirmed?: boolean;
  family: "RETAIL_WEIGHING";
  /** What the goods are called; for the explanation only. */
  goods_name: string;
  /** How the check was made. */
  method: CheckMethod;
  /** The packages of goods that were packed in the shop, each with a mass of its own: none, or 2 to 200. `settled` and `checked` are then their sums, and nothing was `paid`. */
  packages?: Array<ShopPackage>;
  /** What was paid, where it was seen; for the refund only. */
  paid?: Money | null;
  /** The scale of the sale, where its plate was read. Needed above the tables; within them it serves the note on whether the scale suits the goods. */
  scale?: ScaleFacts | null;
  /** The mass the price was settled by; more than zero, at most 10 t. */
  settled: Mass;
  /** What the check was made with, where its certificate was seen. */
  standard?: CheckInstrument | null;
  /** The packing that lay on the scale with the goods, each kind once. */
  tare?: Array<Tare>;
  /** The price paid. */
  unit_price: PriceByMass;
  /** The day of the check weighing; picks the edition of the rules. */
  weighed_on: string;
  /** The test of the scale of the sale with weights, which only the same-instrument method has. */
  weights?: WeightTest | null;
};

/** How numbers were rounded before they were compared. Only a rule that itself commands rounding makes anything but `Rounding::None`. */
export type Rounding = "NONE" | "HALF_EVEN" | "HALF_UP" | "UP";

/** The accuracy classes of scales, finest first. The law of China has limits for III and IIII. */
export type ScaleClass = "I" | "II" | "III" | "IIII";

/** What the plate of a scale says. */
export type ScaleFacts = {
  class: ScaleClass;
  e: Mass;
  max: Mass;
};

/** What a scale is. */
export type ScaleKind = "PRICE_COMPUTING" | "PLATFORM" | "FLOOR" | "CRANE" | "TRUCK" | "OTHER";

/** What was pressed or entered before a reading. */
export type ScaleMode = {
  by: "UNIT_PRICE_KEY";
  /** Its number, 1 to 99. */
  key: number;
} | {
  by: "REMOTE";
} | {
  by: "PASSWORD";
  /** What was entered, where it is known. */
  entered?: string | null;
} | {
  by: "OTHER";
  /** What. */
  what: string;
};

/** What a scale says of itself, on its plate and by its make. */
export type ScalePlate = {
  /** The greatest additive tare; nothing where the scale has none. */
  additive_tare?: Mass | null;
  /** The accuracy class. */
  class: ScaleClass;
  /** What the scale is; it decides the regulation. Where the plate was not read for it, the rest of the test tells (`ScaleTest::kind`), and where that does not, nothing conforms: a price-computing scale has to show its prices. */
  kind?: ScaleKind | null;
  /** The minimum capacity, Min; where the plate does not say, the least its class allows is taken as the first load of the weighing test. */
  min?: Mass | null;
  /** One row for a single-interval scale; the partial weighing ranges of a multi-interval scale, finest first, 2 to 5. */
  ranges: Array<WeighingRange>;
  /** What the goods rest on. */
  receptor: LoadReceptor;
  /** The greatest subtractive tare; `0 g` where the plate states none. Where it states one, a test has to try it; where nobody says anything it is taken to state none, and the verdict says so. */
  subtractive_tare?: Mass | null;
  /** On how many points the load receptor is supported. */
  supports: number;
};

/** One reading. */
export type ScaleReading = {
  /** The small weights added until the indication changed to the next interval, ΔL; at most `e`. With them the error is free of rounding: P = I + 0.5 e − ΔL and E = P − L (闪变点法). Without them E = I − L. */
  added_small_weights?: Mass | null;
  /** The indication, I. */
  indication: Mass;
  /** The load, L. */
  load: Mass;
};

/** The test of one scale. A test whose list is empty was not made. */
export type ScaleTest = {
  /** Whether whoever entered the values confirmed one that looked like a slip. */
  confirmed?: boolean;
  /** The discrimination test; at most 12 loads. */
  discrimination?: Array<DiscriminationTrial>;
  /** The eccentricity test; at most 24. */
  eccentricity?: Array<EccentricReading>;
  family: "SCALE_TEST";
  /** Readings after a key, the remote control or a password; at most 40. Each load is one of the weighing test. */
  modes?: Array<ModeReading>;
  /** What the scale says of itself. */
  plate: ScalePlate;
  /** Prices to pay that the scale showed; at most 60. */
  price?: Array<ShownPrice>;
  /** The repeatability test; at most 6 loads. */
  repeatability?: Array<RepeatedReading>;
  /** The body of rules to judge by: the law of China unless the measurement names another. Classes I and II are covered by OIML R 76-1 only. */
  scheme?: Scheme;
  /** At which stage of its life the scale is tested; sets the multiple of the initial error. */
  stage: TestStage;
  /** The tare test; at most 12 readings. */
  tare?: Array<TareReading>;
  /** The day of the test; picks the edition of the rules and of the table of weights. */
  tested_on: string;
  /** The weighing test: one reading for each load, going up or down; 1 to 60. */
  weighing: Array<ScaleReading>;
  /** The weights the test was made with. */
  weights: TestWeights;
  /** The reading at zero, or at 10 `e` while zero tracking runs: gives the zero error E0, which is compared with the permitted error of zero-setting and taken off every other error. */
  zero?: ScaleReading | null;
};

/** The body of rules that an edition belongs to. Only `Scheme::Cn` is law in China; the others are there to cross-check it and are taken only where a measurement names them. */
export type Scheme = "CN" | "OIML" | "EU";

/** The state of the seals. */
export type SealState = "INTACT" | "BROKEN" | "MISSING" | "NOT_SEEN";

/** The seals, as they were seen. */
export type SealsSeen = "INTACT" | "BROKEN" | "MISSING" | "NOT_SEEN";

/** Whether a point that is looked at, not measured, is so. */
export type Seen = "YES" | "NO" | "NOT_SEEN";

/** The state of the self-lock. */
export type SelfLock = "ACTIVE" | "INACTIVE" | "NOT_SEEN";

/** One package: what its label says, and what it holds. */
export type ShopPackage = {
  /** The mass found by the check, without packing; at most 10 t. */
  checked: Mass;
  /** The mass on the label of the shop; more than zero, at most 10 t. */
  settled: Mass;
};

/** A price to pay as the scale showed it. */
export type ShownPrice = {
  /** The net mass shown. */
  net: Mass;
  /** The price to pay shown. */
  shown: Money;
  /** The unit price keyed in. */
  unit_price: PriceByMass;
};

/** Signed length: a number with its unit, such as "1 mm". */
export type SignedLength = string;

/** One check of goods sold by volume, length or piece. */
export type SoldByMeasure = {
  /** Whether whoever entered the values confirmed one that looked like a slip. */
  confirmed?: boolean;
  family: "RETAIL_BY_MEASURE";
  /** What the goods are called; for the explanation only. */
  goods_name: string;
  /** The day of the check; picks the edition of the rules. */
  measured_on: string;
  /** What was paid for and what was found. */
  sale: MeasuredSale;
  /** What the check was made with, where its certificate was seen. */
  standard?: Standard | null;
};

/** What a pair of spectacles is for. */
export type SpectacleKind = "DISTANCE" | "READING" | "READY_READING" | "PROGRESSIVE";

/** The values of a pair, prescribed or found. */
export type SpectacleValues = {
  /** How much higher one optical centre lies than the other (光学中心高度差), in millimetres. Only measured; a prescription has none. */
  height_difference?: Length | null;
  /** The left eye. */
  left: EyeValues;
  /** The distance of the optical centres (光学中心水平距离), in millimetres: prescribed, the pupillary distance. Where it is absent, the sum of both eyes. */
  pd?: Length | null;
  /** The right eye. */
  right: EyeValues;
};

/** A finished pair of spectacles (配装眼镜), prescribed and measured. */
export type Spectacles = {
  /** Whether whoever entered the values confirmed one that looked like a slip. */
  confirmed?: boolean;
  family: "SPECTACLES";
  /** The day it was measured; the standard's certificate must hold on it. */
  inspected_on: string;
  /** What the pair is for. */
  kind: SpectacleKind;
  /** The day the pair was made; picks the editions of GB 13511.1 and of the lens standard. */
  made_on: string;
  /** What was found. */
  measured: SpectacleValues;
  /** What was prescribed. */
  prescription: SpectacleValues;
  /** The smallest step the focimeter shows, in dioptres. */
  resolution?: LensPower | null;
  /** The focimeter (焦度计) it was measured with. */
  standard: Standard;
};

/** A reference standard with its certificate. */
export type Standard = {
  /** The number of its certificate. */
  certificate: string;
  /** Who keeps it, where the bureau does not: a market with its fair-check scale, a testing body. */
  keeper?: string | null;
  /** The number on the standard. */
  serial: string;
  /** The last day the certificate holds. */
  valid_until: string;
};

/** A standard metal measure with a scale on its neck. */
export type StandardMeasure = {
  /** The neck constant k, from the certificate, in mL/mm; more than zero. */
  constant: NeckConstant;
  /** What it is made of; picks β_B. */
  material: MeasureMaterial;
  /** The nominal volume at 20 °C; more than zero. */
  nominal: Volume;
  /** The measure and its certificate. */
  standard: Standard;
  /** The neck reading h0 at which it holds its nominal volume, from the certificate, in mm. */
  zero_reading: SignedLength;
};

/** Packing of one kind. */
export type Tare = {
  /** Its mass, of each package where there is a list; more than zero. */
  mass: Mass;
  /** Whether it was paid for as goods, not taken off what the scale showed. */
  settled_as_goods: Seen;
  /** What it is; each once. */
  what: TareKind;
};

/** The kinds of packing. */
export type TareKind = "ROPE" | "BAG" | "BOX" | "TRAY" | "OTHER";

/** A reading beside a tare that was taken before, as the box or the bag on the scale; not a preset one. */
export type TareReading = {
  /** The small weights added until the indication changed, ΔL. */
  added_small_weights?: Mass | null;
  /** The net indication. */
  indication: Mass;
  /** The net load beside it; zero where the reading is taken right after the tare. */
  load: Mass;
  /** The mass that was tared off; more than zero, at most the greatest tare of the plate. */
  tare: Mass;
};

/** The test of the tare (JJF 1070-2005, annex B; OIML R 87, annex B). */
export type TareTest = {
  /** Unused dry tares, or used ones that were dried; at most 200. */
  tares: Array<Mass>;
};

/** Temperature: a number with its unit, such as "1 °C". */
export type Temperature = string;

/** The stage of an instrument's life at which it is tested (检定阶段): what the test is for. */
export type TestStage = "INITIAL" | "SUBSEQUENT" | "IN_SERVICE" | "QUICK_LOOK";

/** The standard weights of a test. */
export type TestWeights = {
  /** The class of the weights. */
  class: WeightClass;
  /** The nominal masses that made up the greatest load of the weighing test, one for each weight; 1 to 600. Which weights made up the smaller loads is not known, and the demand on them is strictest, load for load, where the scale is loaded most. */
  pieces: Array<Mass>;
  /** The set with its certificate. */
  standard: Standard;
};

/** Who tested. */
export type Tester = {
  /** Its name. */
  body: string;
  /** The number of its authorisation. */
  certificate: string;
  kind: "AUTHORISED";
} | {
  kind: "FIELD";
};

/** What a text serves. */
export type TextUse = "PRICE_TAG" | "LABEL" | "RECEIPT" | "ADVERTISEMENT" | "EXPORT_CONTRACT" | "MEDICAL" | "LITERATURE" | "GEMS";

/** The three codes and one seal (三码一封) of a price-computing scale. */
export type ThreeCodes = {
  /** The lead seal. */
  lead_seal: CodeSeen;
  /** The code of production. */
  production_code: CodeSeen;
  /** The code of repair. */
  repair_code: CodeSeen;
  /** The code of verification. */
  verification_code: CodeSeen;
};

/** Time: a number with its unit, such as "1 s". */
export type Time = string;

/** The flow transducers of the hoses. */
export type Transducer = "OWN" | "SHARED" | "NOT_SEEN";

/** Parts and software beside the type. */
export type TypeMatch = "MATCHES" | "DIFFERS" | "NOT_SEEN";

/** A lens before it is cut (眼镜镜片), nominal and measured. */
export type UncutLens = {
  /** Whether whoever entered the values confirmed one that looked like a slip. */
  confirmed?: boolean;
  family: "UNCUT_LENS";
  /** The day it was measured; the standard's certificate must hold on it. */
  inspected_on: string;
  /** The day the lens was made; picks the edition, GB 10810.1-2005 or GB 45184-2024. */
  made_on: string;
  /** What was found. */
  measured: LensValues;
  /** What the wrapper says. */
  nominal: LensValues;
  /** The smallest step the focimeter shows, in dioptres. */
  resolution?: LensPower | null;
  /** The focimeter (焦度计) it was measured with. */
  standard: Standard;
};

/** The unit a customer is shown. */
export type UnitShown = "KILOGRAM" | "CUBIC_METRE" | "NOT_SEEN";

/** How checklists and their templates spell a venue. Kept verdicts hold these words, so they stay beside those of the register. */
export type Venue = "MARKET_ORGANISER" | "STALL" | "SHOP" | "GAS_STATION" | "RESTAURANT" | "OPTICIAN" | "PACKER";

/** What the rules say about a measurement. */
export type Verdict = {
  /** All editions consulted, in the order of judging. */
  applied_rules: Array<AppliedRule>;
  /** What was compared with what, in the order of judging. */
  findings: Array<Finding>;
  /** Every number between the inputs and the findings, in the order they arose. */
  intermediates: Array<Intermediate>;
  /** What the reader should also know. Notes never change the outcome. */
  notes: Array<Remark>;
  /** What it comes to. */
  outcome: Outcome;
  /** The same for merchants and shoppers, without law. Verdicts of older versions have none. */
  plain?: Words;
  /** The least provenance among the rows and readings that the findings rest on. */
  provenance: Provenance;
  /** Whether one of them has not been confirmed, so that another limit may turn out to hold. */
  provisional: boolean;
  /** Why it is not assessable or screening only; empty otherwise. */
  reasons: Array<Remark>;
  /** How numbers were rounded before they were compared. */
  rounding: Rounding;
  /** The rows and readings that have not been confirmed. */
  rows_unverified: Array<string>;
  /** The digest of the rule set in force (`crate::rules::RuleSet::digest`). */
  rules_digest: string;
  /** The one sentence for people. */
  summary: Words;
};

/** What was seen on an instrument and its certificate. A field left out was not observed. */
export type VerificationMark = {
  /** The last valid day printed on the certificate. It wins over every interval. */
  certificate_valid_until?: string | null;
  /** Signs of a function that cheats. */
  cheating_function: CheatingSeen;
  /** Whether whoever entered the values confirmed one that looked like a slip. */
  confirmed?: boolean;
  family: "VERIFICATION_MARK";
  /** The day of the inspection; picks the edition of the catalogue. */
  inspected_on: string;
  /** What the instrument is to the catalogue. */
  instrument: InstrumentKind;
  /** What the instrument is called; needed for `InstrumentKind::Other`, for the words only. */
  instrument_name?: string | null;
  /** The verification interval printed on mark or certificate, in months. */
  interval_printed_months?: number | null;
  /** The mark of verification. */
  mark: MarkSeen;
  /** The maximum capacity of a price-computing scale; JJF 2184-2025 covers up to 100 kg. */
  max?: Mass | null;
  /** The day the instrument was made, by its plate. */
  produced_on?: string | null;
  /** The seals. */
  seals: SealsSeen;
  /** The codes and the seal of a price-computing scale (JJF 2184-2025). */
  three_codes?: ThreeCodes | null;
  /** What it is used for. Verification is compulsory for four purposes only. */
  used_for: Purpose;
  /** The day of the last verification, by mark, certificate or register. */
  verified_on?: string | null;
};

/** The side of the base of vertical prism. */
export type VerticalBase = "UP" | "DOWN";

/** Prism up or down: its amount in prism dioptres and the side of its base. */
export type VerticalPrism = {
  /** How much, in prism dioptres. */
  amount: Prism;
  /** Towards where its base lies. */
  base: VerticalBase;
};

/** A code such as `M-RTL-02`. */
export type ViolationCode = string;

/** Volume: a number with its unit, such as "1 mL". */
export type Volume = string;

/** A weighing range with an interval of its own. */
export type WeighingRange = {
  /** The actual scale interval, `d`; at most `e`, and `e` itself where the plate does not say. */
  d?: Mass | null;
  /** The verification scale interval, `e`. */
  e: Mass;
  /** The greatest load of the range, Max; at most 200 t. What the scale shows may be more. */
  max: Mass;
};

/** The accuracy class of weights (砝码等级, OIML R 111, JJG 99), finest first. A finer class than a test needs is fit for it. */
export type WeightClass = "E1" | "E2" | "F1" | "F2" | "M1" | "M2" | "M3" | "M12" | "M23";

/** The test of a scale with weights of about the same mass as the goods: of the scale of the sale (article 6(1)), or of the one that the goods were weighed on again. */
export type WeightTest = {
  /** What the scale showed, in grams. On the scale of the sale it may lie at most the limit of the goods from the load. */
  indication: Mass;
  /** The nominal mass of the weights, in grams; more than zero. */
  load: Mass;
  /** The greatest error of the weights together, in grams; more than zero and at most a third of the limit. */
  weights_error: Mass;
};

/** The same said in both languages. */
export type Words = {
  /** In English. */
  en: string;
  /** In Chinese. */
  zh: string;
};

/** A measurement of any family. */
export type Measurement =
  | RetailWeighing
  | SoldByMeasure
  | PrepackagedLot
  | NetContentLabel
  | ScaleTest
  | FuelDispenser
  | GasDispenser
  | EvCharger
  | Spectacles
  | UncutLens
  | OpticalInstrument
  | VerificationMark
  | LegalUnitsText
  | CMark
  | Checklist;

/** Why there is no verdict. */
export interface Refused {
  /** The stable code. */
  code: string;
  /** The path of the field, such as `packages[3].net`. */
  field: string | null;
  /** What is wrong, in English, for the developer. */
  message: string;
}

/** A measurement with its verdict. */
export type Judgement = Verdict & { measurement: Measurement };
