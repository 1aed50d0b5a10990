{
  # nix run "git+file:.?dir=packaging" -- --demo
  description = "Terminal dashboard for who controls the root user of every account of an AWS organization";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      systems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
      each = make: nixpkgs.lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
      manifest = (nixpkgs.lib.importTOML ../Cargo.toml).package;
    in
    {
      packages = each (pkgs: rec {
        default = rootdeck;
        rootdeck = pkgs.rustPlatform.buildRustPackage {
          pname = manifest.name;
          version = manifest.version;
          src = ./..;
          cargoLock.lockFile = ../Cargo.lock;
          buildType = "dist";
          env = {
            ROOTDECK_COMMIT = self.shortRev or "";
            # The sandbox would say 1980.
            SOURCE_DATE_EPOCH = toString self.lastModified;
          };
          # The tests need a terminal, a network on loopback and the tools of a person.
          doCheck = false;
          nativeBuildInputs = [ pkgs.installShellFiles ];
          postInstall = ''
            $out/bin/rootdeck man --dir man
            installManPage man/*.1
            for shell in bash zsh fish; do
              $out/bin/rootdeck completions $shell > rootdeck.$shell
            done
            installShellCompletion rootdeck.{bash,zsh,fish}
          '';
          meta = {
            description = manifest.description;
            license = pkgs.lib.licenses.asl20;
            mainProgram = "rootdeck";
          };
        };
      });
    };
}
