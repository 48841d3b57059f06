# A user of MemoryDB has its password in the source.
# Source: https://docs.aws.amazon.com/memorydb/latest/devguide/clusters.acls.html
# Fault at: aws_memorydb_user.secmem_fault
# Near miss at: aws_memorydb_user.secmem_near

resource "aws_memorydb_user" "secmem_fault" {
  user_name     = "shop-prod-secmem-fault"
  access_string = "on ~orders:* +@read"

  authentication_mode {
    type      = "password"
    passwords = ["sixteen-plain-characters"]
  }
}

resource "aws_memorydb_user" "secmem_near" {
  user_name     = "shop-prod-secmem-near"
  access_string = "on ~orders:* +@read"

  authentication_mode {
    type = "iam"
  }
}
