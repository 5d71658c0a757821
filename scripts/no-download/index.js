/**
 * Stands in for `global-agent`, the first module that the install script of onnxruntime-node loads: ends that script
 * before it downloads CUDA libraries of several hundred MB, unless ONNXRUNTIME_NODE_INSTALL asks for them.
 */
if (!process.env.ONNXRUNTIME_NODE_INSTALL) process.exit(0)
exports.bootstrap = () => {}
