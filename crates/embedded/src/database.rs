//! A thin layer over IndexedDB: requests and transactions as futures.
//!
//! A transaction lives as long as its own requests follow each other. It is over
//! after any other wait, and what was put until then **is stored**; dropping it
//! does not abort it either. So whoever writes decides first, awaits nothing but
//! the transaction's own requests, and calls [`Transaction::abort`] when
//! something is in the way.

use std::cell::RefCell;
use std::rc::Rc;

use backend::store::Fault;
use futures_channel::oneshot;
use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{DomException, IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest};
use web_sys::{IdbTransaction, IdbTransactionMode};

/// Name of the database.
const NAME: &str = "proef";
/// Raised when the object stores below become other ones.
const VERSION: u32 = 1;
/// The one object store: a record's key begins with the name of its table.
const RECORDS: &str = "records";

#[wasm_bindgen]
extern "C" {
    /// Hands a transaction that writes to sw.js, which aborts it after a panic.
    #[wasm_bindgen(js_namespace = self)]
    fn writing(transaction: &IdbTransaction);

    /// A database whose transactions take options, which web-sys lacks.
    #[wasm_bindgen(extends = IdbDatabase)]
    type DatabaseWithOptions;

    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn transaction_with_options(
        this: &DatabaseWithOptions,
        store: &str,
        mode: IdbTransactionMode,
        options: &JsValue,
    ) -> Result<IdbTransaction, JsValue>;
}

/// The connection, while there is one.
type Connection = Rc<RefCell<Option<IdbDatabase>>>;

thread_local! {
    static CONNECTION: Connection = Connection::default();
}

/// Reads or writes in one go.
pub struct Transaction {
    raw: IdbTransaction,
    over: oneshot::Receiver<Result<(), Fault>>,
}

impl Transaction {
    /// Begins to read.
    pub async fn read() -> Result<Transaction, Fault> {
        Transaction::begin(IdbTransactionMode::Readonly).await
    }

    /// Begins to write.
    pub async fn write() -> Result<Transaction, Fault> {
        let transaction = Transaction::begin(IdbTransactionMode::Readwrite).await?;
        writing(&transaction.raw);
        Ok(transaction)
    }

    async fn begin(mode: IdbTransactionMode) -> Result<Transaction, Fault> {
        let raw = match begin(&connect().await?, mode) {
            Ok(raw) => raw,
            // The connection was closed since, by an upgrade or by the reader
            // clearing the site's data: a new one is opened, once.
            Err(_) => {
                forget();
                begin(&connect().await?, mode).map_err(fault)?
            }
        };
        let (tell, over) = oneshot::channel();
        let tell = Rc::new(RefCell::new(Some(tell)));
        let completed = Rc::clone(&tell);
        raw.set_oncomplete(Some(&once(move |_| {
            if let Some(tell) = completed.borrow_mut().take() {
                let _ = tell.send(Ok(()));
            }
        })));
        let aborted = raw.clone();
        raw.set_onabort(Some(&once(move |_| {
            if let Some(tell) = tell.borrow_mut().take() {
                let why = aborted.error().map_or_else(|| Fault::Failed("aborted".to_owned()), |why| fault(why.into()));
                let _ = tell.send(Err(why));
            }
        })));
        Ok(Transaction { raw, over })
    }

    fn records(&self) -> Result<IdbObjectStore, Fault> {
        self.raw.object_store(RECORDS).map_err(fault)
    }

    /// The text of a record.
    pub async fn get(&self, key: &str) -> Result<Option<String>, Fault> {
        let request = self.records()?.get(&key.into()).map_err(fault)?;
        Ok(result(&request).await?.as_string())
    }

    /// Keys and texts of the records whose keys begin with a prefix, by key.
    pub async fn list(&self, prefix: &str) -> Result<Vec<(String, String)>, Fault> {
        let records = self.records()?;
        let range = IdbKeyRange::bound(&prefix.into(), &format!("{prefix}\u{ffff}").into()).map_err(fault)?;
        // Both are asked before either is awaited: they are answered in order.
        let keys = records.get_all_keys_with_key(&range).map_err(fault)?;
        let texts = records.get_all_with_key(&range).map_err(fault)?;
        let (keys, texts) = (result(&keys), result(&texts));
        let (keys, texts) = (Array::from(&keys.await?), Array::from(&texts.await?));
        let pairs = keys.iter().zip(texts.iter());
        Ok(pairs.filter_map(|(key, text)| Some((key.as_string()?, text.as_string()?))).collect())
    }

    /// Stores a record. Its outcome is that of the transaction.
    pub fn put(&self, key: &str, text: &str) -> Result<(), Fault> {
        self.records()?.put_with_key(&text.into(), &key.into()).map(drop).map_err(fault)
    }

    /// Takes a record away. Its outcome is that of the transaction.
    pub fn delete(&self, key: &str) -> Result<(), Fault> {
        self.records()?.delete(&key.into()).map(drop).map_err(fault)
    }

    /// Takes every record away.
    pub fn clear(&self) -> Result<(), Fault> {
        self.records()?.clear().map(drop).map_err(fault)
    }

    /// Takes back everything that was put.
    pub async fn abort(self) {
        // It fails only when the transaction is over already.
        if self.raw.abort().is_ok() {
            let _ = self.over.await;
        }
    }

    /// Waits until everything is stored for good.
    pub async fn done(self) -> Result<(), Fault> {
        self.over.await.unwrap_or_else(|_| Err(Fault::Failed("the transaction was lost".to_owned())))
    }
}

fn begin(database: &IdbDatabase, mode: IdbTransactionMode) -> Result<IdbTransaction, JsValue> {
    let options = js_sys::Object::new();
    // An act that was confirmed survives a power cut; it costs about a millisecond.
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    database.unchecked_ref::<DatabaseWithOptions>().transaction_with_options(RECORDS, mode, &options)
}

fn forget() {
    CONNECTION.with(|connection| connection.borrow_mut().take());
}

/// The connection, opened at first use: never while the worker is installed,
/// because an older one may still be serving.
async fn connect() -> Result<IdbDatabase, Fault> {
    if let Some(open) = CONNECTION.with(|connection| connection.borrow().clone()) {
        return Ok(open);
    }
    let factory: IdbFactory = Reflect::get(&js_sys::global(), &"indexedDB".into())
        .ok()
        .and_then(|factory| factory.dyn_into().ok())
        .ok_or(Fault::Refused)?;
    let request = factory.open_with_u32(NAME, VERSION).map_err(|_| Fault::Refused)?;
    let upgraded = request.clone();
    request.set_onupgradeneeded(Some(&once(move |_| {
        let database: IdbDatabase = upgraded.result().unwrap_throw().unchecked_into();
        database.create_object_store(RECORDS).unwrap_throw();
    })));
    let database: IdbDatabase = opened(&request).await?.unchecked_into();
    // A newer build that upgrades the database waits for this connection to close.
    let closing = database.clone();
    database.set_onversionchange(Some(&once(move |_| {
        closing.close();
        forget();
    })));
    database.set_onclose(Some(&once(|_| forget())));
    CONNECTION.with(|connection| connection.replace(Some(database.clone())));
    Ok(database)
}

/// The database of an opening request. A browser that forbids storage says so
/// by one of several errors, so every failure that is not about room is one.
async fn opened(request: &IdbOpenDbRequest) -> Result<JsValue, Fault> {
    match result(request).await {
        Err(Fault::Failed(_)) => Err(Fault::Refused),
        other => other,
    }
}

/// The result of a request.
fn result(request: &IdbRequest) -> impl Future<Output = Result<JsValue, Fault>> + use<> {
    let (tell, told) = oneshot::channel();
    let tell = Rc::new(RefCell::new(Some(tell)));
    let (succeeded, answered) = (Rc::clone(&tell), request.clone());
    request.set_onsuccess(Some(&once(move |_| {
        if let Some(tell) = succeeded.borrow_mut().take() {
            let _ = tell.send(answered.result().map_err(fault));
        }
    })));
    let failing = request.clone();
    request.set_onerror(Some(&once(move |_| {
        if let Some(tell) = tell.borrow_mut().take() {
            let why = failing.error().ok().flatten().map_or(JsValue::UNDEFINED, JsValue::from);
            let _ = tell.send(Err(fault(why)));
        }
    })));
    async move { told.await.unwrap_or_else(|_| Err(Fault::Failed("the request was lost".to_owned()))) }
}

/// A callback that JavaScript frees after its call.
fn once(call: impl FnOnce(JsValue) + 'static) -> js_sys::Function {
    Closure::once_into_js(call).unchecked_into()
}

fn fault(why: JsValue) -> Fault {
    match why.dyn_ref::<DomException>() {
        Some(error) if error.name() == "QuotaExceededError" => Fault::Full,
        Some(error) if error.name() == "SecurityError" => Fault::Refused,
        Some(error) => Fault::Failed(format!("{}: {}", error.name(), error.message())),
        None => Fault::Failed(format!("{why:?}")),
    }
}
