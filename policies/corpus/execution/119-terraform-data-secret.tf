# A terraform_data resource keeps an Azure connection string in the state.
# Source: https://developer.hashicorp.com/terraform/language/state/sensitive-data
# Fault at: terraform_data.sectd_fault
# Near miss at: terraform_data.sectd_near

resource "terraform_data" "sectd_fault" {
  input = "DefaultEndpointsProtocol=https;AccountName=shopprod;AccountKey=tnRPEDqrddifSuv1D9z+LUKYLubUBuOuoVmxSu20K35KPSTcsZ2t3vo656w28EuXEPWqjtlEtI8UW5CqGuI0EQ==;EndpointSuffix=core.windows.net"
}

resource "terraform_data" "sectd_near" {
  input = "sha512-tnRPEDqrddifSuv1D9z+LUKYLubUBuOuoVmxSu20K35KPSTcsZ2t3vo656w28EuXEPWqjtlEtI8UW5CqGuI0EQ=="
}
