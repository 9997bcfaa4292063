export interface City {
  /** Of its airport, as operators name machines. */
  code: string;
  name: string;
  countryCode: string;
  latitude: number;
  longitude: number;
  region: 'eu' | 'na' | 'sa' | 'asia' | 'me' | 'africa' | 'oceania';
  /** Nodes here, relative to other cities. */
  share: number;
}

type Row = [string, string, string, number, number, City['region'], number];

const ROWS: Row[] = [
  ['fra', 'Frankfurt', 'DE', 50.11, 8.68, 'eu', 10],
  ['ams', 'Amsterdam', 'NL', 52.37, 4.9, 'eu', 10],
  ['lon', 'London', 'GB', 51.51, -0.13, 'eu', 8],
  ['par', 'Paris', 'FR', 48.86, 2.35, 'eu', 7],
  ['sto', 'Stockholm', 'SE', 59.33, 18.07, 'eu', 4],
  ['hel', 'Helsinki', 'FI', 60.17, 24.94, 'eu', 5],
  ['waw', 'Warsaw', 'PL', 52.23, 21.01, 'eu', 4],
  ['prg', 'Prague', 'CZ', 50.08, 14.44, 'eu', 3],
  ['vie', 'Vienna', 'AT', 48.21, 16.37, 'eu', 3],
  ['zrh', 'Zurich', 'CH', 47.38, 8.54, 'eu', 3],
  ['mil', 'Milan', 'IT', 45.46, 9.19, 'eu', 3],
  ['mad', 'Madrid', 'ES', 40.42, -3.7, 'eu', 4],
  ['lis', 'Lisbon', 'PT', 38.72, -9.14, 'eu', 2],
  ['buh', 'Bucharest', 'RO', 44.43, 26.1, 'eu', 3],
  ['rix', 'Riga', 'LV', 56.95, 24.11, 'eu', 2],
  ['ist', 'Istanbul', 'TR', 41.01, 28.98, 'me', 4],
  ['dxb', 'Dubai', 'AE', 25.2, 55.27, 'me', 4],
  ['tlv', 'Tel Aviv', 'IL', 32.09, 34.78, 'me', 2],
  ['ala', 'Almaty', 'KZ', 43.24, 76.89, 'asia', 3],
  ['bom', 'Mumbai', 'IN', 19.08, 72.88, 'asia', 5],
  ['sin', 'Singapore', 'SG', 1.35, 103.82, 'asia', 8],
  ['bkk', 'Bangkok', 'TH', 13.76, 100.5, 'asia', 2],
  ['sgn', 'Ho Chi Minh City', 'VN', 10.82, 106.63, 'asia', 2],
  ['cgk', 'Jakarta', 'ID', -6.21, 106.85, 'asia', 2],
  ['hkg', 'Hong Kong', 'HK', 22.32, 114.17, 'asia', 6],
  ['tpe', 'Taipei', 'TW', 25.03, 121.57, 'asia', 3],
  ['sel', 'Seoul', 'KR', 37.57, 126.98, 'asia', 5],
  ['tyo', 'Tokyo', 'JP', 35.68, 139.69, 'asia', 8],
  ['syd', 'Sydney', 'AU', -33.87, 151.21, 'oceania', 4],
  ['akl', 'Auckland', 'NZ', -36.85, 174.76, 'oceania', 1],
  ['jnb', 'Johannesburg', 'ZA', -26.2, 28.05, 'africa', 2],
  ['nbo', 'Nairobi', 'KE', -1.29, 36.82, 'africa', 1],
  ['los', 'Lagos', 'NG', 6.52, 3.38, 'africa', 1],
  ['nyc', 'New York', 'US', 40.71, -74.01, 'na', 8],
  ['mia', 'Miami', 'US', 25.76, -80.19, 'na', 4],
  ['chi', 'Chicago', 'US', 41.88, -87.63, 'na', 4],
  ['dal', 'Dallas', 'US', 32.78, -96.8, 'na', 4],
  ['lax', 'Los Angeles', 'US', 34.05, -118.24, 'na', 7],
  ['sea', 'Seattle', 'US', 47.61, -122.33, 'na', 3],
  ['tor', 'Toronto', 'CA', 43.65, -79.38, 'na', 3],
  ['mex', 'Mexico City', 'MX', 19.43, -99.13, 'na', 2],
  ['sao', 'São Paulo', 'BR', -23.55, -46.63, 'sa', 4],
  ['scl', 'Santiago', 'CL', -33.45, -70.67, 'sa', 2],
];

export const CITIES: City[] = ROWS.map(([code, name, countryCode, latitude, longitude, region, share]) => ({
  code,
  name,
  countryCode,
  latitude,
  longitude,
  region,
  share,
}));
