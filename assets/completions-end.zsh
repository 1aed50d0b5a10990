
# Loaded from a folder of functions, it is the function that is called.
if [[ $funcstack[1] == _rootdeck ]]; then
    _clap_dynamic_completer_rootdeck "$@"
fi
