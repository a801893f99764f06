# The repositories themselves are made by `migrate` in phase 1 and adopted here by the root module's import blocks.

resource "aws_ecr_repository" "component" {
  #checkov:skip=CKV_AWS_136:images hold no secrets and no data; how a repository is encrypted can never be changed
  for_each = var.components

  name = "lgtm/${each.key}"
  # A tag that has run once means the same image for ever; tasks are started by digest besides.
  image_tag_mutability = "IMMUTABLE"
  # A repository with images is never deleted by a change of this module.
  force_delete = false

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_lifecycle_policy" "component" {
  for_each = aws_ecr_repository.component

  repository = each.value.name
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Untagged images go after two weeks"
        selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 14 }
        action       = { type = "expire" }
      }
    ]
  })
}
