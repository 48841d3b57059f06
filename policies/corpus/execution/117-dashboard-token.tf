# A dashboard shows a link with a token to everybody who reads metrics.
# Source: https://attack.mitre.org/techniques/T1552/
# Fault at: aws_cloudwatch_dashboard.secdash_fault
# Near miss at: aws_cloudwatch_dashboard.secdash_near

resource "aws_cloudwatch_dashboard" "secdash_fault" {
  dashboard_name = "shop-prod-secdash-fault"
  dashboard_body = jsonencode({ widgets = [{ type = "text", width = 6, height = 2, properties = { markdown = "[Grafana](https://grafana.example.com/?auth_token=glsa_nhSrb3LlTRX79zdHL1j79vTOdjyoGJUe_ed633a6b)" } }] })
}

resource "aws_cloudwatch_dashboard" "secdash_near" {
  dashboard_name = "shop-prod-secdash-near"
  dashboard_body = jsonencode({ widgets = [{ type = "text", width = 6, height = 2, properties = { markdown = "[Grafana](https://grafana.example.com/d/d0c9bd09-0d22-10f8-6950-ed723c363858/orders?orgId=1&from=now-6h)" } }] })
}
