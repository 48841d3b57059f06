# A call of a module passes a private key.
# Source: CKV_SECRET_13
# Fault at: module.secmod_fault.aws_ssm_parameter.this
# Near miss at: module.secmod_near.aws_ssm_parameter.this

module "secmod_fault" {
  source = "./modules/parameter"
  name   = "/shop-prod/secmod-fault"
  lines  = split("\n", "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIMuFo9yBP31b0syLchuaqlJMu6RTLXY81LteQLY0H+lZoAoGCCqGSM49\nAwEHoUQDQgAEyVFRYcG0h1CSrCIe0QYexBEXb5VFV8CWJVS3RpQfSrmDsL8W/f5t\nO4w8oOKpipCfG3cFhSogMnR20YnMljOjOA==\n-----END EC PRIVATE KEY-----")
}

module "secmod_near" {
  source = "./modules/parameter"
  name   = "/shop-prod/secmod-near"
  lines  = split("\n", "-----BEGIN CERTIFICATE-----\nMIIDFzCCAf+gAwIBAgIUM35benwD8aC8+yiVXW6jKJ1taRUwDQYJKoZIhvcNAQEL\nBQAwGzEZMBcGA1UEAwwQc2hvcC5leGFtcGxlLmNvbTAeFw0yNjExMzAyMjUzMDZa\nFw0zNjExMjcyMjUzMDZaMBsxGTAXBgNVBAMMEHNob3AuZXhhbXBsZS5jb20wggEi\nMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQCJc9+H/F2QnPyFKq5nI49fTvjr\nLUOLWjtwxstHA/vPloAigfQ6UiLEw5u8UgAODSYWBp5weeXRdIf8xh3MkpDlHp5w\nkd1I7EzRUe0ISUaFL5Ecdp6RcEzsidGDPiFdVWzmIFTg0IWzOUjy3DpaQPAfJ4Sf\nK2bjvNRvdm1us3ukhOMCJ33MfD0pvYnRJKmwpn70bm6pI6dSpyARyyPUWjfBeku6\nmF7mg8XVK4dpBOZ2b2jS4B64BKvFVufOrFiLHnx2qpzLDMplreeK3C1BH88qkhxF\nQWgdV4xx30YBIA+baJeYGVOkpBcd8h5qifxp2giVdsg2QYczWN84Iv6KM41ZAgMB\nAAGjUzBRMB0GA1UdDgQWBBRadvMARIXU11UyQWPUQFDdfA2fgzAfBgNVHSMEGDAW\ngBRadvMARIXU11UyQWPUQFDdfA2fgzAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3\nDQEBCwUAA4IBAQBhVcvamrtv0XEfFd27vhG5IJaitepp9fqIZFyEOyQNqYlKjMrI\ntBljp/J3tQebf6KOfGsT/Rs1C7NcfKDaEFFWzjV0CIduAWjvj4fI5NrUbke6kG+7\n0uF/vx0gAIDCClbBo8uUEIsCjrna5ZhCCioM0ktUyxdvRVkqNkymPjDTpWwsBQbz\nKOBvaZoI8DXrC/I/5uVPsq/tNQY9YZA/wHiLTzSc1efbIB9fhlOJmQec1EiVGGLv\nHmVIWGf2OZ3DkjYgyi7gw9dcrSG6Pkfz1T5M844avKZrCS9r+b4sBCjPy55jfB9C\n0Uqk0GZhmNibuOaoPc/PZ9iVwRBkMNZ5+T5D\n-----END CERTIFICATE-----")
}
