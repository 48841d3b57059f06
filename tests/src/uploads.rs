//! Artifacts, uploaded as proposers do it.

use headgate_domain::canonical::sha256_hex;
use headgate_events::Artifact;
use serde_json::json;

use crate::plan::PLAN_FILE;
use crate::world::World;

impl World {
    /// Uploads an artifact the way a proposer does.
    pub fn upload(&self, who: &str, bytes: &[u8]) -> Artifact {
        let sha256 = sha256_hex(bytes);
        let body = json!({ "sha256": sha256, "media_type": "application/json" });
        let place = self.post(who, "/v1/artifacts", &body).ok();
        let mut request = self.http.put(place["url"].as_str().unwrap());
        for header in place["headers"].as_array().unwrap() {
            request = request.header(header[0].as_str().unwrap(), header[1].as_str().unwrap());
        }
        let put = request.send(bytes).unwrap();
        assert!(put.status().is_success(), "the upload returned {}", put.status());
        Artifact {
            uri: place["uri"].as_str().unwrap().to_owned(),
            sha256,
            bytes: bytes.len() as u64,
            media_type: "application/json".to_owned(),
        }
    }

    /// The plan file of all proposals. It is uploaded once.
    pub fn plan_file(&self) -> &Artifact {
        self.plan_file.get_or_init(|| Artifact {
            media_type: headgate_domain::content::PLAN_FILE.to_owned(),
            ..self.upload("terraform-bot", PLAN_FILE)
        })
    }
}
