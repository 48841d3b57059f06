# Devices may connect to the domain with the cipher suites of 2015, some of which have no forward secrecy.
# Source: https://docs.aws.amazon.com/iot/latest/developerguide/transport-security.html
# Fault at: aws_iot_domain_configuration.devices_fault
# Near miss at: aws_iot_domain_configuration.devices_near

resource "aws_iot_domain_configuration" "devices_fault" {
  name         = "shop-prod-scanners"
  service_type = "DATA"
  tls_config {
    security_policy = "IoTSecurityPolicy_TLS12_1_0_2015_01"
  }
}

resource "aws_iot_domain_configuration" "devices_near" {
  name         = "shop-prod-printers"
  service_type = "DATA"
  tls_config {
    security_policy = "IoTSecurityPolicy_TLS12_1_2_2022_10"
  }
}
