// Addresses that come from elsewhere: only those of web pages, so that none can run anything here.

export const isWebAddress = (address: string | undefined): address is string => address !== undefined && /^https?:\/\//i.test(address);
