# A certificate is imported together with its private key.
# Source: ACM best practices; CKV_SECRET_13
# Fault at: aws_acm_certificate.secacm_fault
# Near miss at: aws_key_pair.secacm_near

resource "aws_acm_certificate" "secacm_fault" {
  private_key      = <<-EOT
    -----BEGIN RSA PRIVATE KEY-----
    MIIEogIBAAKCAQEAiXPfh/xdkJz8hSquZyOPX0746y1Di1o7cMbLRwP7z5aAIoH0
    OlIixMObvFIADg0mFgaecHnl0XSH/MYdzJKQ5R6ecJHdSOxM0VHtCElGhS+RHHae
    kXBM7InRgz4hXVVs5iBU4NCFszlI8tw6WkDwHyeEnytm47zUb3ZtbrN7pITjAid9
    zHw9Kb2J0SSpsKZ+9G5uqSOnUqcgEcsj1Fo3wXpLuphe5oPF1SuHaQTmdm9o0uAe
    uASrxVbnzqxYix58dqqcywzKZa3nitwtQR/PKpIcRUFoHVeMcd9GASAPm2iXmBlT
    pKQXHfIeaon8adoIlXbINkGHM1jfOCL+ijONWQIDAQABAoIBABGqcdVBaykV9CKN
    XMLmwBuIw9c+BwtW+oLBGgkzit6gQjGtMB16xvsxBMgMZfNoXze/fAeKsy3bY0rq
    j5PmVncMG2LubFld/XV9qRBCkqy1c1oMKM8adtiD0gijKJidTRS6nQ4T3sstFqIY
    CevlorbuVk46vsuQTmFRADmVGdQIDAYYpQ+Wg+wbTV6gxMqjPYKtTpd3yA09AEQu
    qtNyeWGoJ7BU9MNZE7A9dbVlFsUe9r5urJlfJDdsE71jz23Ow9V2VpPIPgOg6sXV
    NovuJxzJ1pCny7lWKRQ6W0gzahLURWIuy0ZVrEEuAeVeCjOBcNnqBqX/Mlwyb14j
    uyGvgrECgYEAv8sGxWy1KiSO30p8nSrzdaNC7EXoZblEq9AFrExHjiQGRNEtH6PS
    bZQVSpFy5c9KX75Sf3kYhq/Db53/uiabLEfN9PehSpF9BEGu6gz3nnvxKOkQvyel
    EQn0+0KjqHGPuFxFhlYRAHbW+jrgA6v/aBu0LtdpHsGtUr4Dq5G0lo0CgYEAt3fI
    ovhsjGvXydz/qLrTR2HM6xFfMgHIaD8B8tzcNByhqq9JuITshMz7MIHG8S0vjjhI
    WwMd8Omt/2Tu+NqNqGBlsj86scS5GNDCoedku05n8/u+AZTmKvlsa07z9elvGRaP
    Z2U4Cysvl/EObvvtZhw+pWfJHAYtKFhaTwHG1P0CgYBnsnQExlPlZ0LAQ9vAdnqP
    vifu65VNerBAXQbUM6H0nlGtX5OQKdkaWhhw6tc+nadOwO6F8YlrORjn/ntHwJvh
    gyk+K61PTf5UENdrwHsZe1XWkrz1PZAn+EQ2nb8y0cOtIGaOzXX/1EFDphV8psA/
    H8t6EAnMEVePByGg3/TN+QKBgEMRCYnxkBSg04gaPmbarKM6cCM5/XeVSUI6TicO
    b3ypPrvbSfKmvKMrH2Oy/RtqriiqEGEcuZQ4h/+FUQotMn1rh6FqFbWoORWGMq/m
    m18RIVUCIIoJeT4aYXS0rt+lDpS4N4HPcXY7ujEr0F/nvfeGuavTTaPt6hIGgjTB
    bIKtAoGAbVi1XarOiJGfAsbpTyqSQSM29eJKV0woSesnZaBo681E+6ZY1vmIa2x/
    yQRgBkRq6TkOJtpzhg0zN1qtewc/KpbZubAuwyV2bge1viF/+PNkokzlf7eIJsKP
    nJEkk/DfFeftk0LuAOY2Iq07wWf7zr3/e6fDRnEIcW9oguKYbGU=
    -----END RSA PRIVATE KEY-----
  EOT
  certificate_body = <<-EOT
    -----BEGIN CERTIFICATE-----
    MIIDFzCCAf+gAwIBAgIUM35benwD8aC8+yiVXW6jKJ1taRUwDQYJKoZIhvcNAQEL
    BQAwGzEZMBcGA1UEAwwQc2hvcC5leGFtcGxlLmNvbTAeFw0yNjExMzAyMjUzMDZa
    Fw0zNjExMjcyMjUzMDZaMBsxGTAXBgNVBAMMEHNob3AuZXhhbXBsZS5jb20wggEi
    MA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQCJc9+H/F2QnPyFKq5nI49fTvjr
    LUOLWjtwxstHA/vPloAigfQ6UiLEw5u8UgAODSYWBp5weeXRdIf8xh3MkpDlHp5w
    kd1I7EzRUe0ISUaFL5Ecdp6RcEzsidGDPiFdVWzmIFTg0IWzOUjy3DpaQPAfJ4Sf
    K2bjvNRvdm1us3ukhOMCJ33MfD0pvYnRJKmwpn70bm6pI6dSpyARyyPUWjfBeku6
    mF7mg8XVK4dpBOZ2b2jS4B64BKvFVufOrFiLHnx2qpzLDMplreeK3C1BH88qkhxF
    QWgdV4xx30YBIA+baJeYGVOkpBcd8h5qifxp2giVdsg2QYczWN84Iv6KM41ZAgMB
    AAGjUzBRMB0GA1UdDgQWBBRadvMARIXU11UyQWPUQFDdfA2fgzAfBgNVHSMEGDAW
    gBRadvMARIXU11UyQWPUQFDdfA2fgzAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3
    DQEBCwUAA4IBAQBhVcvamrtv0XEfFd27vhG5IJaitepp9fqIZFyEOyQNqYlKjMrI
    tBljp/J3tQebf6KOfGsT/Rs1C7NcfKDaEFFWzjV0CIduAWjvj4fI5NrUbke6kG+7
    0uF/vx0gAIDCClbBo8uUEIsCjrna5ZhCCioM0ktUyxdvRVkqNkymPjDTpWwsBQbz
    KOBvaZoI8DXrC/I/5uVPsq/tNQY9YZA/wHiLTzSc1efbIB9fhlOJmQec1EiVGGLv
    HmVIWGf2OZ3DkjYgyi7gw9dcrSG6Pkfz1T5M844avKZrCS9r+b4sBCjPy55jfB9C
    0Uqk0GZhmNibuOaoPc/PZ9iVwRBkMNZ5+T5D
    -----END CERTIFICATE-----
  EOT
}

resource "aws_key_pair" "secacm_near" {
  key_name   = "shop-prod-secacm"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIISeu4kw6nLMY3o6r/jONKgzDX9kNRrhH6q4gbvGQ2Bt shop-prod"
}
