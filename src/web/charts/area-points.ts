/**
 * One point for each area on a bubble map: ISO 3166-1 alpha-3 code, longitude, latitude in degrees.
 *
 * COMPUTED: centroid of the area's largest polygon in Natural Earth 1:50m as packed in world-atlas 2.0.2 (`countries-50m`,
 * public domain data), joined by M49 number, rounded to 0.1 degree. A point is a place for a bubble and says nothing
 * about borders or status.
 * SET_BY_HAND: areas that the file lacks or counts with another one, and Kiribati (Tarawa, not the largest island).
 */
const COMPUTED = `
ABW -70 12.5 | AFG 65.9 33.8 | AGO 17.6 -12.3 | AIA -63.1 18.2 | ALA 19.9 60.2 | ALB 20.1 41.1 | AND 1.6 42.5
ARE 54.3 23.9 | ARG -64.7 -34.5 | ARM 44.9 40.3 | ASM -170.7 -14.3 | ATA 83 -84.7 | ATF 69.5 -49.3 | ATG -61.8 17.1
AUS 134.2 -25.6 | AUT 14.1 47.6 | AZE 47.7 40.3 | BDI 29.9 -3.4 | BEL 4.6 50.6 | BEN 2.3 9.6 | BFA -1.8 12.3
BGD 90.2 23.9 | BGR 25.2 42.8 | BHR 50.5 26 | BHS -78 24.7 | BIH 17.8 44.2 | BLM -62.8 17.9 | BLR 28 53.5
BLZ -88.7 17.2 | BMU -64.8 32.3 | BOL -64.7 -16.7 | BRA -53.2 -10.7 | BRB -59.6 13.2 | BRN 114.6 4.5 | BTN 90.4 27.4
BWA 23.8 -22.2 | CAF 20.5 6.6 | CAN -99 58.6 | CHE 8.2 46.8 | CHL -70.9 -34.4 | CHN 103.3 36.8 | CIV -5.6 7.6
CMR 12.7 5.7 | COD 23.6 -2.9 | COG 15.2 -0.8 | COK -159.8 -21.2 | COL -73.1 3.9 | COM 43.3 -11.7 | CPV -23.6 15.1
CRI -84.2 10 | CUB -78.9 21.6 | CUW -69 12.2 | CYM -81.3 19.3 | CYP 33 34.9 | CZE 15.3 49.7 | DEU 10.4 51 | DJI 42.6 11.7
DMA -61.4 15.4 | DNK 9.3 56.2 | DOM -70.5 18.9 | DZA 2.6 28.1 | ECU -78.4 -1.4 | EGY 29.9 26.5 | ERI 38.8 15.4
ESH -12.3 24.2 | ESP -3.6 40.4 | EST 25.8 58.7 | ETH 39.6 8.6 | FIN 26.2 64.3 | FJI 178 -17.8 | FLK -58.8 -51.7
FRA 2.5 46.6 | FRO -6.9 62.2 | FSM 158.2 6.9 | GAB 11.8 -0.6 | GBR -2.4 53.8 | GEO 43.5 42.2 | GGY -2.6 49.5
GHA -1.2 7.9 | GIN -10.9 10.4 | GMB -15.4 13.5 | GNB -14.9 12.1 | GNQ 10.5 1.6 | GRC 22.6 39.5 | GRD -61.7 12.1
GRL -41.8 73.1 | GTM -90.4 15.7 | GUM 144.8 13.4 | GUY -59 4.8 | HKG 114.1 22.4 | HMD 73.5 -53.1 | HND -86.6 14.8
HRV 16.4 45.2 | HTI -72.7 18.9 | HUN 19.4 47.2 | IDN 114 -0.2 | IMN -4.5 54.2 | IND 79.5 22.8 | IOT 72.4 -7.3
IRL -8.1 53.2 | IRN 54.4 32.5 | IRQ 43.8 33 | ISL -18.6 65 | ISR 35 31.5 | ITA 12.3 43.5 | JAM -77.3 18.2 | JEY -2.1 49.2
JOR 36.8 31.2 | JPN 137.9 36.6 | KAZ 67.2 48.4 | KEN 37.8 0.6 | KGZ 74.5 41.5 | KHM 104.9 12.7 | KNA -62.7 17.3
KOR 127.9 36.5 | KWT 47.6 29.3 | LAO 103.8 18.5 | LBN 35.9 33.9 | LBR -9.3 6.5 | LBY 18.1 27 | LCA -61 13.9
LIE 9.5 47.1 | LKA 80.7 7.6 | LSO 28.2 -29.6 | LTU 23.9 55.3 | LUX 6.1 49.8 | LVA 24.9 56.9 | MAC 113.5 22.2
MAF -63.1 18.1 | MAR -8.7 29.8 | MCO 7.4 43.8 | MDA 28.5 47.2 | MDG 46.7 -19.3 | MDV 73.5 4.2 | MEX -102.2 23.9
MHL 171.2 7.1 | MKD 21.7 41.6 | MLI -3.6 17.3 | MLT 14.4 35.9 | MMR 96.5 21.1 | MNE 19.2 42.8 | MNG 103.1 47
MNP 145.7 15.2 | MOZ 35.6 -17.2 | MRT -10.4 20.2 | MSR -62.2 16.7 | MUS 57.6 -20.3 | MWI 34.3 -13.2 | MYS 114.7 3.6
NAM 17.2 -22.1 | NCL 165.5 -21.3 | NER 9.3 17.4 | NFK 167.9 -29.1 | NGA 8.1 9.6 | NIC -85 12.8 | NIU -169.9 -19
NLD 5.6 52.3 | NOR 12.2 63.8 | NPL 83.9 28.3 | NRU 166.9 -0.5 | NZL 170.6 -43.9 | OMN 56.1 20.6 | PAK 69.2 29.9
PAN -80.1 8.5 | PCN -128.3 -24.4 | PER -74.4 -9.1 | PHL 121.4 15.9 | PLW 134.6 7.5 | PNG 144.2 -6.6 | POL 19.4 52.1
PRI -66.5 18.2 | PRK 127.2 40.1 | PRT -8 39.7 | PRY -58.4 -23.2 | PSE 35.2 31.9 | PYF -149.4 -17.7 | QAT 51.2 25.3
ROU 25 45.8 | RUS 95.5 65.9 | RWA 29.9 -2 | SAU 44.7 24.1 | SDN 29.9 16 | SEN -14.5 14.4 | SGP 103.8 1.4
SGS -36.7 -54.4 | SHN -5.7 -16 | SLB 160.2 -9.6 | SLE -11.8 8.6 | SLV -88.9 13.7 | SMR 12.5 43.9 | SOM 45.7 4.7
SPM -56.3 46.9 | SRB 20.8 44.2 | SSD 30.3 7.3 | STP 6.6 0.2 | SUR -55.9 4.1 | SVK 19.5 48.7 | SVN 14.8 46.1
SWE 16.2 62.4 | SWZ 31.5 -26.6 | SXM -63.1 18.1 | SYC 55.5 -4.7 | SYR 38.5 35 | TCA -71.7 21.8 | TCD 18.6 15.3
TGO 1 8.5 | THA 101 15.1 | TJK 71 38.5 | TKM 59.4 39.1 | TLS 125.9 -8.8 | TON -175.2 -21.2 | TTO -61.3 10.4
TUN 9.6 34.1 | TUR 35.4 39.1 | TWN 121 23.7 | TZA 34.8 -6.3 | UGA 32.4 1.3 | UKR 31.3 49.2 | URY -56 -32.8
USA -98.8 39.9 | UZB 63.3 41.8 | VAT 12.4 41.9 | VCT -61.2 13.3 | VEN -66.2 7.1 | VGB -64.6 18.4 | VIR -64.8 17.7
VNM 106.3 16.5 | VUT 166.8 -15.2 | WLF -178.1 -14.3 | WSM -172.4 -13.6 | YEM 47.5 15.9 | ZAF 25.2 -29 | ZMB 27.8 -13.5
ZWE 29.9 -19`

const SET_BY_HAND = `
BES -68.3 12.2 | BVT 3.4 -54.4 | CCK 96.9 -12.2 | CXR 105.7 -10.5 | GIB -5.4 36.1 | GLP -61.5 16.2 | GUF -53.1 3.9
KIR 173 1.4 | MTQ -61 14.6 | MYT 45.1 -12.8 | REU 55.5 -21.1 | SJM 16 78.5 | TKL -171.8 -9.2 | TUV 179.2 -8.5
UMI 166.6 19.3 | XKX 20.9 42.6`

export type Point = readonly [longitude: number, latitude: number]

export const AREA_POINTS: ReadonlyMap<string, Point> = new Map(
  `${COMPUTED}\n${SET_BY_HAND}`
    .split(/[|\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [code = '', longitude, latitude] = entry.split(' ')
      return [code, [Number(longitude), Number(latitude)]]
    }),
)
