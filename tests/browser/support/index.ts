export { axe, axeOfPage } from './axe';
export { resetData, signIn } from './demonstration';
export { consentLink } from './mailbox';
export { pageOf } from './people';
export { expect, test } from './test';
