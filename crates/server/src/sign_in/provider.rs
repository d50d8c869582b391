//! The identity provider, of which this server is a client (OpenID Connect, code flow with PKCE).

use std::sync::Arc;
use std::time::{Duration, Instant};

use backend::Identity;
use contract::sign_in::Because;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreClientAuthMethod, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreResponseType,
    CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AccessTokenHash, AuthType, AuthenticationFlow, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret,
    CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenClaims, IdTokenFields,
    IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope,
    SignatureVerificationError, StandardErrorResponse, StandardTokenResponse, TokenResponse, UserInfoClaims,
};
use tokio::sync::Mutex;

use super::attempts::Attempt;
use super::claims::Further;
use crate::config::Provider as Settings;

/// Tokens whose claims hold more than the standard's.
type Tokens = StandardTokenResponse<
    IdTokenFields<
        Further,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

/// The client that a provider's own description makes.
type Client = openidconnect::Client<
    Further,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

type Claims = IdTokenClaims<Further, CoreGenderClaim>;

/// For how long a connection to the provider, and an answer of it, is waited for. A person looks at an empty
/// page meanwhile.
const CONNECTED_WITHIN: Duration = Duration::from_secs(3);
const ANSWERED_WITHIN: Duration = Duration::from_secs(8);

/// For how long the provider counts as there, or as not there, after it was asked. Its description is fetched
/// again by the next sign-in after that: a browser that is sent to a provider which is down would show an error
/// of its own, and keys that the provider changed are known in time.
const LOOKED_FOR: Duration = Duration::from_secs(5);

/// A provider and what is known of it.
#[derive(Debug)]
pub struct IdentityProvider {
    settings: Settings,
    issuer: IssuerUrl,
    redirect: RedirectUrl,
    http: openidconnect::reqwest::Client,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// What it described last.
    client: Option<Arc<Client>>,
    /// When it was asked last, and whether it answered.
    asked: Option<(Instant, bool)>,
}

/// Where a browser is sent, with what has to be kept until it comes back.
#[derive(Debug)]
pub struct SentOn {
    /// The provider's page.
    pub url: String,
    /// What comes back with the browser.
    pub state: String,
    /// What ties the ID token to this sign-in.
    pub nonce: String,
    /// What proves that the same server asks for the tokens (PKCE).
    pub verifier: String,
}

impl IdentityProvider {
    /// A provider, as it is set. `callback` is where it sends browsers back to.
    ///
    /// # Errors
    /// What cannot be used: an address, or the certificates of this machine.
    pub fn new(settings: Settings, callback: String) -> Result<IdentityProvider, String> {
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|error| error.to_string())?;
        let redirect = RedirectUrl::new(callback).map_err(|error| error.to_string())?;
        let http = openidconnect::reqwest::Client::builder()
            // What a provider redirects to is nothing that was set; it could lead into the house.
            .redirect(openidconnect::reqwest::redirect::Policy::none())
            .connect_timeout(CONNECTED_WITHIN)
            .timeout(ANSWERED_WITHIN)
            .build()
            .map_err(|error| error.to_string())?;
        Ok(IdentityProvider { settings, issuer, redirect, http, known: Mutex::default() })
    }

    /// Whether it names itself so (RFC 9207): an answer of another provider is not for this one.
    pub fn is(&self, issuer: &str) -> bool {
        issuer == self.settings.issuer
    }

    /// Where a browser signs in.
    ///
    /// # Errors
    /// When the provider cannot be reached.
    pub async fn begin(&self) -> Result<SentOn, Because> {
        let client = self.look(LOOKED_FOR).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let request = client
            .authorize_url(flow, || CsrfToken::new_random_len(32), || Nonce::new_random_len(32))
            .add_scopes(self.settings.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(challenge);
        let (url, state, nonce) = request.url();
        Ok(SentOn {
            url: url.into(),
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        })
    }

    /// Who somebody is, by the code with which their browser came back.
    ///
    /// # Errors
    /// Why it cannot be told or trusted.
    pub async fn finish(&self, code: String, attempt: &Attempt) -> Result<Identity, Because> {
        let mut client = self.known().await?;
        let request = client.exchange_code(AuthorizationCode::new(code)).map_err(|error| distrust(&error))?;
        let request = request.set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier.clone()));
        let tokens = request.request_async(&self.http).await.map_err(|error| refused(&error))?;
        let nonce = Nonce::new(attempt.nonce.clone());
        let claims = match verified(&client, &tokens, &nonce) {
            Err(Distrust::NoKey) => {
                // It has changed its keys since it was asked last.
                client = self.look(Duration::ZERO).await?;
                verified(&client, &tokens, &nonce)
            }
            other => other,
        };
        let claims = claims.map_err(|why| distrust(&why))?;
        let told = self.told(&client, &tokens, &claims).await?;
        Ok(self.identity(&claims, told))
    }

    /// The description of the provider, no older than a time.
    async fn look(&self, newest: Duration) -> Result<Arc<Client>, Because> {
        // Whoever comes meanwhile waits for the same answer.
        let mut known = self.known.lock().await;
        if let Some((at, answered)) = known.asked
            && at.elapsed() < newest
        {
            return known.client.clone().filter(|_| answered).ok_or(Because::ProviderUnavailable);
        }
        let found = self.discover().await;
        known.asked = Some((Instant::now(), found.is_ok()));
        match found {
            Ok(client) => Ok(Arc::clone(known.client.insert(Arc::new(client)))),
            Err(why) => {
                tracing::warn!(%why, "the identity provider cannot be reached");
                Err(Because::ProviderUnavailable)
            }
        }
    }

    /// The description of the provider, of whatever age.
    async fn known(&self) -> Result<Arc<Client>, Because> {
        let known = self.known.lock().await.client.clone();
        match known {
            Some(client) => Ok(client),
            None => self.look(LOOKED_FOR).await,
        }
    }

    async fn discover(&self) -> Result<Client, String> {
        let metadata = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http);
        let metadata = metadata.await.map_err(|error| chain(&error))?;
        let methods = metadata.token_endpoint_auth_methods_supported().cloned().unwrap_or_default();
        let has = |method| methods.contains(&method);
        // What is left out means that the header is right (OpenID Connect Discovery, section 3).
        let in_body = has(CoreClientAuthMethod::ClientSecretPost) && !has(CoreClientAuthMethod::ClientSecretBasic);
        let id = ClientId::new(self.settings.client_id.clone());
        let secret = ClientSecret::new(self.settings.client_secret.clone());
        let client = Client::from_provider_metadata(metadata, id, Some(secret));
        let auth_type = if in_body { AuthType::RequestBody } else { AuthType::BasicAuth };
        Ok(client.set_auth_type(auth_type).set_redirect_uri(self.redirect.clone()))
    }

    /// What the provider tells when it is asked about the person; most put little into the ID token.
    async fn told(
        &self,
        client: &Client,
        tokens: &Tokens,
        claims: &Claims,
    ) -> Result<Option<UserInfoClaims<Further, CoreGenderClaim>>, Because> {
        let subject = claims.subject().clone();
        // A provider without such an endpoint has said everything.
        let Ok(request) = client.user_info(tokens.access_token().clone(), Some(subject)) else { return Ok(None) };
        match request.request_async(&self.http).await {
            Ok(told) => Ok(Some(told)),
            Err(openidconnect::UserInfoError::Request(error)) => {
                tracing::warn!(why = chain(&error), "the identity provider cannot be reached");
                Err(Because::ProviderUnavailable)
            }
            Err(error) => Err(distrust(&error)),
        }
    }

    fn identity(&self, claims: &Claims, told: Option<UserInfoClaims<Further, CoreGenderClaim>>) -> Identity {
        let told = told.as_ref();
        let email = told.and_then(|told| told.email()).or_else(|| claims.email());
        let verified = told.and_then(|told| told.email_verified()).or_else(|| claims.email_verified());
        let name = told.and_then(|told| told.name()).or_else(|| claims.name()).and_then(|name| name.get(None));
        let standing = told.and_then(|told| told.additional_claims().standing(&self.settings));
        Identity {
            issuer: self.settings.issuer.clone(),
            subject: claims.subject().to_string(),
            email: email.map(|email| email.to_string()).unwrap_or_default(),
            email_verified: self.settings.trust_emails || verified == Some(true),
            name: name.map(|name| name.to_string()).unwrap_or_default(),
            standing: standing.or_else(|| claims.additional_claims().standing(&self.settings)),
        }
    }
}

/// Why an ID token is not taken.
enum Distrust {
    /// It is signed by a key that is not known yet.
    NoKey,
    /// Anything else.
    Because(String),
}

impl std::fmt::Display for Distrust {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Distrust::NoKey => f.write_str("it is signed by an unknown key"),
            Distrust::Because(why) => f.write_str(why),
        }
    }
}

/// The claims of the ID token: signed by the provider, for this server, for this sign-in, and given together with
/// this access token.
fn verified(client: &Client, tokens: &Tokens, nonce: &Nonce) -> Result<Claims, Distrust> {
    let because = |why: &dyn std::error::Error| Distrust::Because(chain(why));
    let token = tokens.id_token().ok_or_else(|| Distrust::Because("there is no ID token".to_owned()))?;
    let verifier = client.id_token_verifier();
    let claims = token.claims(&verifier, nonce).map_err(|error| match error {
        ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => Distrust::NoKey,
        other => because(&other),
    })?;
    if let Some(wanted) = claims.access_token_hash() {
        let algorithm = token.signing_alg().map_err(|error| because(&error))?;
        let key = token.signing_key(&verifier).map_err(|error| because(&error))?;
        let found =
            AccessTokenHash::from_token(tokens.access_token(), algorithm, key).map_err(|error| because(&error))?;
        if found != *wanted {
            return Err(Distrust::Because("the access token is another one".to_owned()));
        }
    }
    Ok(claims.clone())
}

/// Why the provider gave no tokens.
fn refused<E: std::error::Error + 'static>(
    error: &RequestTokenError<E, StandardErrorResponse<CoreErrorResponseType>>,
) -> Because {
    match error {
        RequestTokenError::Request(why) => {
            tracing::warn!(why = chain(why), "the identity provider cannot be reached");
            Because::ProviderUnavailable
        }
        // The code was used before, or is too old.
        RequestTokenError::ServerResponse(answer) if *answer.error() == CoreErrorResponseType::InvalidGrant => {
            tracing::info!("the identity provider does not take the code");
            Because::Expired
        }
        other => distrust(&chain(other)),
    }
}

fn distrust(why: &dyn std::fmt::Display) -> Because {
    tracing::error!(%why, "the identity provider's answer cannot be used");
    Because::Failed
}

/// An error with all that it came from.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(": ");
        text.push_str(&error.to_string());
        source = error.source();
    }
    text
}
