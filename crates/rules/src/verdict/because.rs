//! The facts behind refusals, and what to do about them.

use crate::named::named;

/// The fact behind a refusal. What else belongs to it stands in the refusal itself:
/// a state, a count, a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Because {
    /// The person's partner is not certified (P1).
    PartnerNotCertified,
    /// The person's role may not start a trial (P3).
    RoleCannotStart,
    /// The person's role changes nothing (P2).
    RoleChangesNothing,
    /// The person's role may not download (P2).
    RoleCannotDownload,
    /// Only a sales full administrator assigns people (P9).
    OnlySalesFullAdministrators,
    /// Who is to be in charge or assigned is no sales administrator of the partner (P9).
    NotASalesAdministrator,
    /// It is for people of a partner (P2).
    OnlyForPartners,
    /// It is for administrators of a customer (P5).
    OnlyForCustomerAdministrators,
    /// It is for full administrators of a customer (P5).
    OnlyForFullAdministrators,
    /// It is for the trials team (P6).
    OnlyForTrialsTeam,
    /// Another partner started the trial (P8).
    StartedByAnotherPartner,
    /// The draft was saved already, by another tab or click (N18).
    DraftSaved,
    /// The address belongs to an organisation by now (N2).
    OrganisationExists,
    /// The services are not offered in the organisation's country (X2).
    NotOfferedInCountry,
    /// The organisation has no full administrator who could be asked (X2).
    NobodyToAsk,
    /// The organisation has closed (L3).
    OrganisationClosed,
    /// The customer has purchased the service (X4).
    AlreadyPurchased,
    /// The service is in another trial of the own partner (X4).
    InOwnTrial,
    /// The service is in a trial with another partner (X4, P8).
    InTrialWithAnotherPartner,
    /// A trial with the service was cancelled less than 5 minutes ago (X4).
    JustCancelled,
    /// No service is left that could be offered (X4).
    NoServiceLeft,
    /// A request of the partner to this organisation waits for its answer (X14).
    RequestOpen,
    /// The last request was declined or lapsed less than 7 days ago (X14).
    AskedRecently,
    /// Three requests were sent within 90 days (X14).
    AskedOften,
    /// The organisation blocks the partner (X14).
    PartnerBlocked,
    /// The next sending has to wait (X13).
    SentRecently,
    /// The request is not for this organisation's person (X7).
    NotForThem,
    /// The request was answered, or is over (X15).
    RequestOver,
    /// A service was accepted that was not asked for, or none at all (X9).
    NotAsked,
    /// The partner is not certified at present, so its request cannot be accepted (X20).
    AskingPartnerNotCertified,
    /// The access that was accepted does not reach so far (X10).
    MoreThanAccepted,
    /// The partner has provisioning access, and the act needs more (X10, A1).
    ProvisioningAccessOnly,
    /// The partner has no access to the organisation any more (H3).
    NoAccess,
    /// The trial's state does not allow it (L12).
    WrongState,
    /// The end would stay as it is (E1).
    NothingChanges,
    /// The new end is earlier than the old one, and that was not confirmed (E1).
    Shortens,
    /// The last service cannot be removed (E4).
    LastService,
    /// Fewer licences than are assigned, and that was not confirmed (E5).
    BelowAssigned,
    /// The customer said to be interested already today (C1).
    InterestKnown,
    /// Nobody has said to be interested (C1).
    NoInterest,
    /// A tier 2 partner orders through its distributor (C2).
    DistributorConverts,
    /// The partner is tier 1 and converts itself (C2).
    OwnConversion,
    /// The trial was handed over to the distributor already (C2).
    HandedOver,
    /// Not 1 to 40 letters, digits and hyphens (C3).
    NotAnOrderNumber,
    /// The order converted another trial already (C3).
    OrderUsed,
    /// The contact is neither of the partner nor an administrator of the customer (C3).
    NotAContact,
    /// The address is no present administrator's of the trial's organisation (C3).
    NotItsAdministrator,
    /// Services of the trial that the order lacks will be lost, and that was not confirmed (C3).
    OrderLacksServices,
    /// The order holds a service that the trial does not (C3).
    NotInTrial,
    /// The 5 minutes are over (K2).
    UndoOver,
    /// Somebody else cancelled it (K2).
    CancelledByAnother,
    /// There is one shipment for each type in a trial (D4).
    AlreadyShipped,
    /// There is no such shipment (D4).
    NoShipment,
    /// The shipment's state does not allow it (D11).
    ShipmentState,
    /// Devices go back from that country without a label of their own (D8).
    NoReturnLabel,
    /// The device end would be later than 120 days after the device start (D6, D7).
    DeviceLimit,
    /// The device end has passed (D7).
    DeviceEndPassed,
    /// A request for this shipment is open already (D7).
    DeviceRequestOpen,
    /// No request for this shipment is open (D7).
    NoDeviceRequest,
    /// Not as many serial numbers as devices, or one twice (D6).
    SerialsWrong,
    /// A serial number is too long or has characters that none has, or too many came back that
    /// were never sent (D9).
    SerialsUnfit,
    /// A reason is required (D7, D8).
    ReasonMissing,
    /// The last full administrator stays (H5).
    LastFullAdministrator,
    /// There is no such person in the organisation (H5).
    NoSuchPerson,
    /// The address belongs to another organisation, which is not named (U2).
    AddressElsewhere,
    /// No licence of the service is free (H5).
    NoFreeLicence,
    /// The partner is not blocked (H4).
    NotBlocked,
    /// The partner has that access already (H3).
    HasThatAccess,
    /// The terms were accepted already (U2).
    TermsAccepted,
    /// The person is in the organisation already (H5).
    AlreadyThere,
    /// The Meetings site is provisioned and cannot be changed any more (U2).
    SiteProvisioned,
    /// The service is provisioned, or is being tried already (N17).
    NothingToRetry,
    /// A text is too long or holds a character that is not allowed (N1).
    BadText,
    /// Nobody can sign in with the address to which a mail went (G6).
    NobodysAddress,
    /// The file with people has no lines (U2).
    FileEmpty,
    /// The file with people is too large (U2).
    FileTooLarge,
    /// The file with people is not in UTF-8 (U2).
    FileNotUtf8,
    /// The file with people is no text (U2).
    FileNotText,
    /// The terms are other ones by now than those that were read (U2).
    TermsChanged,
}

named!(Because {
    PartnerNotCertified = "partner-not-certified",
    RoleCannotStart = "role-cannot-start",
    RoleChangesNothing = "role-changes-nothing",
    RoleCannotDownload = "role-cannot-download",
    OnlySalesFullAdministrators = "only-sales-full-administrators",
    NotASalesAdministrator = "not-a-sales-administrator",
    OnlyForPartners = "only-for-partners",
    OnlyForCustomerAdministrators = "only-for-customer-administrators",
    OnlyForFullAdministrators = "only-for-full-administrators",
    OnlyForTrialsTeam = "only-for-trials-team",
    StartedByAnotherPartner = "started-by-another-partner",
    DraftSaved = "draft-saved",
    OrganisationExists = "organisation-exists",
    NotOfferedInCountry = "not-offered-in-country",
    NobodyToAsk = "nobody-to-ask",
    OrganisationClosed = "organisation-closed",
    AlreadyPurchased = "already-purchased",
    InOwnTrial = "in-own-trial",
    InTrialWithAnotherPartner = "in-trial-with-another-partner",
    JustCancelled = "just-cancelled",
    NoServiceLeft = "no-service-left",
    RequestOpen = "request-open",
    AskedRecently = "asked-recently",
    AskedOften = "asked-often",
    PartnerBlocked = "partner-blocked",
    SentRecently = "sent-recently",
    NotForThem = "not-for-them",
    RequestOver = "request-over",
    NotAsked = "not-asked",
    AskingPartnerNotCertified = "asking-partner-not-certified",
    MoreThanAccepted = "more-than-accepted",
    ProvisioningAccessOnly = "provisioning-access-only",
    NoAccess = "no-access",
    WrongState = "wrong-state",
    NothingChanges = "nothing-changes",
    Shortens = "shortens",
    LastService = "last-service",
    BelowAssigned = "below-assigned",
    InterestKnown = "interest-known",
    NoInterest = "no-interest",
    DistributorConverts = "distributor-converts",
    OwnConversion = "own-conversion",
    HandedOver = "handed-over",
    NotAnOrderNumber = "not-an-order-number",
    OrderUsed = "order-used",
    NotAContact = "not-a-contact",
    NotItsAdministrator = "not-its-administrator",
    OrderLacksServices = "order-lacks-services",
    NotInTrial = "not-in-trial",
    UndoOver = "undo-over",
    CancelledByAnother = "cancelled-by-another",
    AlreadyShipped = "already-shipped",
    NoShipment = "no-shipment",
    ShipmentState = "shipment-state",
    NoReturnLabel = "no-return-label",
    DeviceLimit = "device-limit",
    DeviceEndPassed = "device-end-passed",
    DeviceRequestOpen = "device-request-open",
    NoDeviceRequest = "no-device-request",
    SerialsWrong = "serials-wrong",
    SerialsUnfit = "serials-unfit",
    ReasonMissing = "reason-missing",
    LastFullAdministrator = "last-full-administrator",
    NoSuchPerson = "no-such-person",
    AddressElsewhere = "address-elsewhere",
    NoFreeLicence = "no-free-licence",
    NotBlocked = "not-blocked",
    HasThatAccess = "has-that-access",
    TermsAccepted = "terms-accepted",
    AlreadyThere = "already-there",
    SiteProvisioned = "site-provisioned",
    NothingToRetry = "nothing-to-retry",
    BadText = "bad-text",
    NobodysAddress = "nobodys-address",
    FileEmpty = "file-empty",
    FileTooLarge = "file-too-large",
    FileNotUtf8 = "file-not-utf8",
    FileNotText = "file-not-text",
    TermsChanged = "terms-changed",
});

/// What to do about a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Remedy {
    /// Have the partner certified.
    GetCertified,
    /// Ask a sales administrator or sales full administrator of the partner.
    AskSalesAdministrator,
    /// Ask a sales full administrator of the partner.
    AskSalesFullAdministrator,
    /// Look at the customer.
    SeeCustomers,
    /// Ask a full administrator of the customer.
    AskFullAdministrator,
    /// Leave the service out, or take another one.
    ChooseOther,
    /// Wait until the day or moment that is named.
    Wait,
    /// Send a request, or ask the customer to raise the access (X10).
    RequestOrRaise,
    /// Send a request (X3).
    SendRequest,
    /// Look at the request that is open (X14).
    SeeRequest,
    /// Decline the request instead (K1).
    Decline,
    /// Convert the trial to a paid order (E2).
    Convert,
    /// Cancel the trial instead (E4).
    CancelTrial,
    /// Undo the cancelling instead (K2).
    Undo,
    /// Start a new trial (L3).
    StartNewTrial,
    /// Add a trial beside it (A1).
    Add,
    /// Confirm it (E1, E4, E5, C3).
    Confirm,
    /// Correct what was given.
    Correct,
    /// Hand the trial over to the distributor (C2).
    HandOver,
    /// Ask the trials team.
    AskTrialsTeam,
    /// Make somebody else a full administrator first (H5).
    NameAnother,
    /// Free a licence, or have the count raised (H5).
    FreeLicence,
    /// Manage people and settings in the customer's hub (H5, H7).
    UseHub,
    /// Nothing needs to be done.
    Nothing,
}

named!(Remedy {
    GetCertified = "get-certified",
    AskSalesAdministrator = "ask-sales-administrator",
    AskSalesFullAdministrator = "ask-sales-full-administrator",
    SeeCustomers = "see-customers",
    AskFullAdministrator = "ask-full-administrator",
    ChooseOther = "choose-other",
    Wait = "wait",
    RequestOrRaise = "request-or-raise",
    SendRequest = "send-request",
    SeeRequest = "see-request",
    Decline = "decline",
    Convert = "convert",
    CancelTrial = "cancel-trial",
    Undo = "undo",
    StartNewTrial = "start-new-trial",
    Add = "add",
    Confirm = "confirm",
    Correct = "correct",
    HandOver = "hand-over",
    AskTrialsTeam = "ask-trials-team",
    NameAnother = "name-another",
    FreeLicence = "free-licence",
    UseHub = "use-hub",
    Nothing = "nothing",
});
