resource "aws_ecr_repository" "image" {
  #checkov:skip=CKV_AWS_136:encrypted with the service's own key; a key of one's own is the operator's choice
  for_each = var.repositories

  name                 = each.value
  image_tag_mutability = "IMMUTABLE"
  # A rollback takes the images back with what they are in.
  force_delete = true

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_lifecycle_policy" "image" {
  for_each = aws_ecr_repository.image

  repository = each.value.name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "The last thirty"
      selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 30 }
      action       = { type = "expire" }
    }]
  })
}
