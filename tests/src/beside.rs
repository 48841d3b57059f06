//! Another build of a function, which reads the same queue as the deployed one.

use std::io::{Cursor, Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::world::{World, answer};

/// A function beside a deployed one.
#[derive(Debug)]
pub struct Beside {
    /// Its name.
    pub function: String,
    mapping: String,
}

impl World {
    /// Deploys another build of a consumer beside it: `edit` changes the binary. It has the same role, settings and queue.
    pub fn deploy_beside(&self, function: &str, edit: &dyn Fn(&mut [u8])) -> Beside {
        let deployed = self.output(&format!("/functions/{function}"));
        let settings = self.lambda("GET", &format!("/2015-03-31/functions/{deployed}"), None);
        let settings = &settings["Configuration"];
        let name = self.id("old");
        let create = json!({
            "FunctionName": name,
            "Runtime": settings["Runtime"],
            "Handler": settings["Handler"],
            "Role": settings["Role"],
            "Timeout": settings["Timeout"],
            "MemorySize": settings["MemorySize"],
            "Environment": { "Variables": settings["Environment"]["Variables"] },
            "Code": { "ZipFile": STANDARD.encode(self.edited(function, edit)) },
        });
        self.lambda("POST", "/2015-03-31/functions", Some(&create));
        let map = json!({
            "EventSourceArn": self.output(&format!("/queues/{function}/queue")),
            "FunctionName": name,
            "BatchSize": 10,
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
        });
        let mapping = self.lambda("POST", "/2015-03-31/event-source-mappings", Some(&map));
        Beside { function: name, mapping: mapping["UUID"].as_str().unwrap().to_owned() }
    }

    /// Ends the other build, as the end of an update does.
    pub fn remove(&self, beside: &Beside) {
        let Beside { function, mapping } = beside;
        self.lambda("DELETE", &format!("/2015-03-31/event-source-mappings/{mapping}"), None);
        self.lambda("DELETE", &format!("/2015-03-31/functions/{function}"), None);
    }

    /// The zip of a function, with another binary in it.
    fn edited(&self, function: &str, edit: &dyn Fn(&mut [u8])) -> Vec<u8> {
        let zip = std::env::var("HEADGATE_E2E_ZIPS").unwrap();
        let zip = std::fs::File::open(format!("{zip}/{function}/bootstrap.zip")).unwrap();
        let mut bootstrap = Vec::new();
        let mut zip = ZipArchive::new(zip).unwrap();
        zip.by_name("bootstrap").unwrap().read_to_end(&mut bootstrap).unwrap();
        edit(&mut bootstrap);
        let mut written = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        written.start_file("bootstrap", options.unix_permissions(0o755)).unwrap();
        written.write_all(&bootstrap).unwrap();
        written.finish().unwrap().into_inner()
    }

    /// A call of the API of Lambda.
    fn lambda(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(self.endpoint(path))
            .header("Authorization", Self::signed("lambda"))
            .body(body.map(Value::to_string).unwrap_or_default())
            .unwrap();
        answer(self.http.run(request)).ok()
    }
}
