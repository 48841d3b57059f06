# The material of the key is written in the source, and it expires.
# Source: https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html
# Fault at: aws_kms_external_key.imported_fault
# Near miss at: aws_kms_external_key.imported_near

resource "aws_kms_external_key" "imported_fault" {
  description             = "Key of the card processor"
  key_material_base64     = "Wblj06fduthWggmsT0cLVoIMOkeLbc2kVfMud77i/JY="
  valid_to                = "2027-06-01T00:00:00Z"
  deletion_window_in_days = 30
}

# The material is imported by its owners, not by Terraform.
resource "aws_kms_external_key" "imported_near" {
  description             = "Key of the bank"
  deletion_window_in_days = 30
}
