# Gathers the findings of every section.
package headgate.main

import rego.v1

findings contains f if some f in data.headgate.iam.findings

findings contains f if some f in data.headgate.tags.findings

findings contains f if some f in data.headgate.network.findings

findings contains f if some f in data.headgate.sqs.findings

findings contains f if some f in data.headgate.database.findings
