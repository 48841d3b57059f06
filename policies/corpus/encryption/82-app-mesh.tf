# The node of the mesh accepts clear text beside TLS and does not insist on TLS to its neighbours.
# Source: https://docs.aws.amazon.com/app-mesh/latest/userguide/tls.html
# Fault at: aws_appmesh_virtual_node.mesh_fault
# Near miss at: aws_appmesh_virtual_node.mesh_near

resource "aws_appmesh_mesh" "mesh" {
  name = "shop-prod-mesh"
}

resource "aws_appmesh_virtual_node" "mesh_fault" {
  name      = "shop-prod-basket"
  mesh_name = aws_appmesh_mesh.mesh.name
  spec {
    listener {
      port_mapping {
        port     = 8443
        protocol = "http2"
      }
      tls {
        mode = "PERMISSIVE"
        certificate {
          sds {
            secret_name = "basket"
          }
        }
      }
    }
    backend_defaults {
      client_policy {
        tls {
          enforce = false
          validation {
            trust {
              sds {
                secret_name = "authority"
              }
            }
          }
        }
      }
    }
    logging {
      access_log {
        file {
          path = "/dev/stdout"
        }
      }
    }
    service_discovery {
      dns {
        hostname = "basket.shop.internal"
      }
    }
  }
}

# `enforce` is true when it is left out.
resource "aws_appmesh_virtual_node" "mesh_near" {
  name      = "shop-prod-price"
  mesh_name = aws_appmesh_mesh.mesh.name
  spec {
    listener {
      port_mapping {
        port     = 8443
        protocol = "http2"
      }
      tls {
        mode = "STRICT"
        certificate {
          sds {
            secret_name = "price"
          }
        }
      }
    }
    backend_defaults {
      client_policy {
        tls {
          validation {
            trust {
              sds {
                secret_name = "authority"
              }
            }
          }
        }
      }
    }
    logging {
      access_log {
        file {
          path = "/dev/stdout"
        }
      }
    }
    service_discovery {
      dns {
        hostname = "price.shop.internal"
      }
    }
  }
}
