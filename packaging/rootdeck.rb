# Homebrew formula, from the source: brew install --build-from-source --HEAD ./packaging/rootdeck.rb
# A tap adds `url` and `sha256` of a release's source archive.
class Rootdeck < Formula
  desc "Dashboard for who controls the root user of every account of an AWS organization"
  license "Apache-2.0"
  version "0.1.0"
  head "file://#{File.expand_path("..", __dir__)}", using: :git, branch: "main"

  depends_on "rust" => :build

  def install
    system "cargo", "install", "--profile", "dist", *std_cargo_args
    system bin/"rootdeck", "man", "--dir", man1
    generate_completions_from_executable(bin/"rootdeck", "completions")
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/rootdeck --version")
    assert_match "111122223333", shell_output("#{bin}/rootdeck accounts --demo -o csv")
  end
end
